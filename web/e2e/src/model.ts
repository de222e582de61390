// A language model for the stories, in the shape of OpenAI's chat completions. It answers from the
// articles it is given, word by word, and writes packets in which one statement is invented.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The pause between two words of an answer. */
const WORD_MS = 120;
/** What nobody said. */
export const INVENTED = "The assistant granted a refund of $900.";

interface Asked {
  stream?: boolean;
  messages: { role: string; content: string }[];
}
interface Data {
  turns?: { number: number; role: string; text: string }[];
  articles?: { text: string }[];
}

export class Model {
  readonly #server: Server;
  /** How many answers were begun. */
  answers = 0;
  /** How many were dropped by whoever asked, before they ended. */
  dropped = 0;
  /** How many packets were written. */
  packets = 0;

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += chunk;
    const asked = JSON.parse(body) as Asked;
    const told =
      asked.messages.filter(({ content }) => content.includes("{")).at(-1)?.content ?? "{}";
    const data = JSON.parse(told.slice(told.indexOf("{"), told.lastIndexOf("}") + 1)) as Data;
    if (asked.stream) await this.#answer(response, data);
    else this.#packet(response, data);
  }

  async #answer(response: ServerResponse, { articles = [] }: Data): Promise<void> {
    this.answers += 1;
    let isGone = false;
    response.on("close", () => {
      isGone = !response.writableEnded;
      if (isGone) this.dropped += 1;
    });
    response.writeHead(200, { "content-type": "text/event-stream" });
    const sentences = (articles[0]?.text ?? "NO_ANSWER").match(/[^.!?]+[.!?]+/g) ?? ["NO_ANSWER"];
    for (const word of sentences.slice(0, 4).join("").trim().split(/\s+/)) {
      if (isGone) return;
      const delta = { choices: [{ index: 0, delta: { content: `${word} ` } }] };
      response.write(`data: ${JSON.stringify(delta)}\n\n`);
      await new Promise((resolve) => setTimeout(resolve, WORD_MS));
    }
    response.end("data: [DONE]\n\n");
  }

  #packet(response: ServerResponse, { turns = [] }: Data): void {
    this.packets += 1;
    const first = turns.find(({ role }) => role === "customer") ?? { number: 1, text: "" };
    const said = { text: `The customer asked: ${first.text}`, turns: [first.number] };
    const version = {
      core_intent: said,
      summary: [said, { text: INVENTED, turns: [first.number] }],
      attempted_solutions: [],
      open_questions: [],
      suggested_first_line: "Hello, I have read what you wrote.",
    };
    const message = { role: "assistant", content: JSON.stringify(version) };
    const usage = { prompt_tokens: 400, completion_tokens: 90, total_tokens: 490 };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        model: "story-1",
        choices: [{ index: 0, message, finish_reason: "stop" }],
        usage,
      }),
    );
  }
}
