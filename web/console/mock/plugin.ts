/** The contract's answers over an invented company, in memory. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Plugin, PreviewServer, ViteDevServer } from "vite";
import { DIMENSIONS } from "../src/routes";
import { packet } from "./brightcrate/alex";
import { breakdown, cases, dashboard } from "./brightcrate/dashboard";
import { me, queues } from "./brightcrate/people";
import { audit, customers, keys, wording } from "./brightcrate/settings";
import { MockSocket } from "./socket";
import { TRYING } from "./trying";
import { World } from "./world";

type Answer = [status: number, body?: unknown];
type Context = {
  world: World;
  url: URL;
  body: Record<string, unknown>;
  part: (at: number) => string;
};
type Handler = (context: Context) => Answer;

const error = (status: number, code: string, message: string, details?: unknown): Answer => [
  status,
  { error: { code, message, details, request_id: "req_mock" } },
];

const session = { isIn: true, presence: "available" };

const act =
  (run: (context: Context, id: string) => unknown): Handler =>
  (context) => {
    const id = context.part(3);
    if (context.world.story(id) === undefined) {
      return error(404, "conversation_unknown", "no conversation has this id");
    }
    return [200, run(context, id)];
  };

const ROUTES: Record<string, Handler> = {
  "GET /v1/setup": () => [200, { needed: false }],
  "GET /v1/me": () =>
    session.isIn
      ? [200, { ...me(), presence: session.presence }]
      : error(401, "unauthenticated", "nobody is signed in"),
  "POST /v1/setup": () => [200, me()],
  "POST /v1/session": ({ body }) => {
    session.isIn = String(body.password).length > 3;
    return session.isIn ? [200, me()] : error(401, "unauthenticated", "wrong password");
  },
  "POST /v1/session/link": () => [200, me()],
  "POST /v1/invitations/accept": () => [200, me()],
  "DELETE /v1/session": () => {
    session.isIn = false;
    return [204];
  },
  "PUT /v1/me/presence": ({ body, world }) => {
    session.presence = String(body.presence);
    world.inbox = { ...world.inbox, me: { ...world.inbox.me, presence: me().presence } };
    return [200, { ...me(), presence: session.presence }];
  },
  "POST /v1/live/ticket": () => [200, { ticket: "t", expires_at: new Date().toISOString() }],
  "GET /v1/conversations": ({ world, url }) => {
    const state = url.searchParams.get("state");
    const rows = world.rows().filter((row) => {
      if (state === "imported") return row.is_imported;
      if (state === "closed") return row.floor.holder === "closed";
      if (state === "open") return row.floor.holder !== "closed";
      if (state === "flagged") return row.conversation === "conv_sam";
      return true;
    });
    return [200, { items: rows }];
  },
  "GET /v1/conversations/*": act(({ world }, id) => world.story(id)),
  "GET /v1/conversations/*/packet": ({ part }) =>
    ["conv_alex", "conv_noor"].includes(part(3))
      ? [200, packet()]
      : error(404, "packet_unknown", "nothing was handed over"),
  "POST /v1/conversations/*/packet/read": act(({ world, body }, id) => {
    const story = world.story(id);
    const escalation = story?.state.escalation;
    return world.append(
      id,
      { type: "packet_read", agent: me().agent, dwell_ms: body.dwell_ms },
      {
        escalation: escalation && { ...escalation, packet_read: true },
      },
    );
  }),
  "POST /v1/conversations/*/replies": (context) => {
    const id = context.part(3);
    if (String(context.body.text).includes("409")) {
      return error(409, "floor_lost", "the floor has changed");
    }
    const author = { kind: "agent", name: me().agent.name, agent_id: me().agent.id };
    return [200, context.world.say(id, author, String(context.body.text))];
  },
  "POST /v1/conversations/*/notes": act(({ world, body }, id) =>
    world.append(id, { type: "note", agent: me().agent, text: body.text }),
  ),
  "POST /v1/conversations/*/take": act(({ world }, id) => world.give(id, "taken")),
  "POST /v1/conversations/*/requeue": act(({ world }, id) =>
    world.leave(
      id,
      { holder: "queue", epoch: 9, queue: "billing", queue_name: "Billing" },
      "requeued",
    ),
  ),
  "POST /v1/conversations/*/transfer": act(({ world }, id) =>
    world.leave(
      id,
      { holder: "queue", epoch: 9, queue: "technical", queue_name: "Technical" },
      "passed",
    ),
  ),
  "POST /v1/conversations/*/hand_back": act(({ world }, id) =>
    world.leave(id, { holder: "assistant", epoch: 9 }, "handed_back"),
  ),
  "POST /v1/conversations/*/resolve": act(({ world }, id) =>
    world.leave(id, { holder: "closed", epoch: 9, outcome: "resolved_by_agent" }, "closed"),
  ),
  "POST /v1/conversations/*/clear_flag": act(({ world }, id) =>
    world.append(id, { type: "flag", state: "cleared" }, { is_flagged: false }),
  ),
  "POST /v1/offers/*/accept": ({ world, part }) => {
    const offer = world.inbox.offers.find((one) => one.offer_id === part(3));
    if (!offer) {
      return error(409, "offer_gone", "the offer is no longer open");
    }
    return [
      200,
      { conversation: offer.conversation, ...world.give(offer.conversation, "accepted") },
    ];
  },
  "POST /v1/offers/*/decline": ({ world }) => {
    world.inbox = { ...world.inbox, offers: [] };
    world.pushInbox();
    return [204];
  },
  "GET /v1/dashboard": ({ url }) => [
    200,
    dashboard(
      Number(url.searchParams.get("days") ?? 28),
      url.searchParams.get("include_demo") === "true",
    ),
  ],
  "GET /v1/metrics/breakdown": ({ url }) => [
    200,
    breakdown(DIMENSIONS.find((one) => one === url.searchParams.get("by")) ?? "rule"),
  ],
  "GET /v1/metrics/conversations": () => [200, cases()],
  "GET /v1/agents": ({ world }) => [200, { items: world.agents }],
  "POST /v1/agents": ({ body }) => [
    201,
    {
      agent: { id: "agt_new", ...body },
      invitation_link: "http://127.0.0.1:8080/#/invitation/k7Qe-example",
    },
  ],
  "PATCH /v1/agents/*": ({ body, part, world }) => {
    const agent = world.agents.find((one) => one.id === part(3));
    if (agent === undefined) return error(404, "agent_unknown", "no agent has this id");
    return [200, Object.assign(agent, body)];
  },
  "GET /v1/audit": () => [200, { items: audit() }],
  "GET /v1/queues": () => [200, { items: queues() }],
  "GET /v1/wording/*": ({ part }) => [200, { items: wording(part(3)) }],
  "PUT /v1/wording/*/*": ({ body, part }) => [
    200,
    { locale: part(3), notice: part(4), text: body.text, is_default: false },
  ],
  ...TRYING,
  "GET /v1/keys": () => [200, { items: keys() }],
  "GET /v1/customers": () => [200, { items: customers() }],
  "POST /v1/customers/import": () => [200, { read: 42, created: 40, updated: 2 }],
};

function find(method: string, path: string): Handler | undefined {
  const exact = ROUTES[`${method} ${path}`];
  if (exact) return exact;
  const parts = path.split("/");
  const key = Object.keys(ROUTES).find((route) => {
    const [verb, pattern = ""] = route.split(" ");
    const wanted = pattern.split("/");
    return (
      verb === method &&
      wanted.length === parts.length &&
      wanted.every((part, at) => part === "*" || part === parts[at])
    );
  });
  return key === undefined ? undefined : ROUTES[key];
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", "http://mock");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const isJson = request.headers["content-type"] === "application/json";
  const parts = url.pathname.split("/");
  const handler = find(request.method ?? "GET", url.pathname);
  const [status, body] = handler
    ? handler({
        world,
        url,
        body: isJson && text !== "" ? JSON.parse(text) : {},
        part: (at) => decodeURIComponent(parts[at] ?? ""),
      })
    : error(404, "route_unknown", `the mock does not answer ${request.method} ${url.pathname}`);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function live(world: World, socket: MockSocket) {
  const push = (frame: unknown) => socket.send(frame);
  socket.onGone = () => world.listeners.delete(push);
  socket.onText = (text) => {
    const frame = JSON.parse(text);
    if (frame.type === "hello") {
      socket.send({ type: "welcome", ping_ms: 10_000 });
      world.listeners.add(push);
    } else if (frame.type === "ping") {
      socket.send({ type: "pong", at: frame.at });
    } else if (frame.type === "subscribe" && frame.topic === "inbox") {
      world.renewOffers();
      socket.send({ type: "inbox", seq: 1, inbox: world.inbox });
    } else if (frame.type === "subscribe" && frame.topic === "conversation") {
      const story = world.story(frame.id);
      if (story) {
        const items = story.items.filter((item) => item.version > frame.after);
        socket.send({ type: "entries", from: frame.after, ...story, items });
      }
    }
  };
}

const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

export function mockServer(): Plugin {
  const world = new World();
  const serve = (server: ViteDevServer | PreviewServer, policy?: string) => {
    server.middlewares.use((request, response, next) => {
      if (policy !== undefined) response.setHeader("content-security-policy", policy);
      if (!request.url?.startsWith("/v1/")) next();
      else void answer(world, request, response);
    });
    server.httpServer?.on("upgrade", (request: IncomingMessage, stream: Duplex) => {
      if (request.url === "/v1/live") live(world, new MockSocket(request, stream));
    });
  };
  return {
    name: "segue-mock",
    configureServer: (server) => serve(server),
    // The built pages, under the policy that the server sends with them.
    configurePreviewServer: (server) => serve(server, CONTENT_POLICY),
  };
}
