/** The few parts of RFC 6455 that the mock needs: handshake, text frames, close. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export class MockSocket {
  readonly #stream: Duplex;
  #rest = Buffer.alloc(0);
  onText: (text: string) => void = () => undefined;
  onGone: () => void = () => undefined;

  constructor(request: IncomingMessage, stream: Duplex) {
    this.#stream = stream;
    const accept = createHash("sha1")
      .update(`${request.headers["sec-websocket-key"]}${GUID}`)
      .digest("base64");
    stream.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    stream.on("data", (chunk: Buffer) => this.#read(chunk));
    stream.on("close", () => this.onGone());
    stream.on("error", () => this.onGone());
  }

  send(frame: unknown): void {
    const body = Buffer.from(JSON.stringify(frame));
    const head = body.length < 126 ? Buffer.alloc(2) : Buffer.alloc(body.length < 65_536 ? 4 : 10);
    head[0] = 0x81;
    if (head.length === 2) head[1] = body.length;
    else if (head.length === 4) {
      head[1] = 126;
      head.writeUInt16BE(body.length, 2);
    } else {
      head[1] = 127;
      head.writeBigUInt64BE(BigInt(body.length), 2);
    }
    this.#stream.write(Buffer.concat([head, body]));
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const [first = 0, second = 0] = this.#rest;
      const short = second & 0x7f;
      const start = short === 126 ? 4 : 2;
      if (this.#rest.length < start + 4) return;
      const length = short === 126 ? this.#rest.readUInt16BE(2) : short;
      if (this.#rest.length < start + 4 + length) return;
      const mask = this.#rest.subarray(start, start + 4);
      const body = this.#rest.subarray(start + 4, start + 4 + length);
      const text = Buffer.from(body.map((byte, at) => byte ^ (mask[at % 4] ?? 0))).toString();
      this.#rest = this.#rest.subarray(start + 4 + length);
      if ((first & 0x0f) === 8) this.#stream.end();
      if ((first & 0x0f) === 1) this.onText(text);
    }
  }
}
