import { expect, it } from "vitest";
import { Segue, SegueError } from "./index";

/** A server that answers as it is told, and remembers what it was asked. */
function told(...answers: (Response | Error)[]) {
  const asked: Request[] = [];
  const fetched: typeof fetch = async (request) => {
    asked.push(request as Request);
    const answer = answers.shift() ?? new Error("nobody there");
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  const segue = new Segue({ url: "http://segue.test/", key: "sg_key", fetch: fetched });
  return { segue, asked };
}

const opened = { id: "conv_1", epoch: 0, version: 1, floor: { holder: "assistant", epoch: 0 } };

it("writes once, however often it has to send", async () => {
  const { segue, asked } = told(
    new TypeError("connection refused"),
    new Response("{}", { status: 503, headers: { "Retry-After": "0" } }),
    Response.json(opened, { status: 201 }),
  );
  expect(await segue.openConversation({ locale: "en" })).toEqual(opened);
  expect(asked).toHaveLength(3);
  const keys = new Set(asked.map((request) => request.headers.get("Idempotency-Key")));
  expect(keys.size).toBe(1);
  expect(asked[2]?.url).toBe("http://segue.test/v1/conversations");
  expect(asked[2]?.headers.get("Authorization")).toBe("Bearer sg_key");
  expect(await asked[2]?.json()).toEqual({ locale: "en" });
});

it("tells a refusal by its code and does not repeat it", async () => {
  const error = { code: "floor_lost", message: "a person has it", request_id: "r1" };
  const { segue, asked } = told(Response.json({ error }, { status: 409 }));
  const turn = { role: "assistant", text: "Hi", epoch: 0 } as const;
  const refused = await segue.addTurn("conv_1", turn).catch((it: unknown) => it);
  expect(refused).toBeInstanceOf(SegueError);
  expect(refused).toMatchObject({ status: 409, code: "floor_lost", requestId: "r1" });
  expect(asked).toHaveLength(1);
});

it("gives up after three tries", async () => {
  const gone = () => new TypeError("connection refused");
  const { segue, asked } = told(gone(), gone(), gone());
  await expect(segue.readPacket("conv_1")).rejects.toThrow("connection refused");
  expect(asked).toHaveLength(3);
});
