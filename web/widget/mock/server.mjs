// A small stand-in for the widget listener, for working on these pages without the server:
//   npm run build -w widget && npm run mock -w widget      → http://127.0.0.1:8091/
// It plays scripted scenes by what is typed, keeps everything in memory and checks nothing. The
// headers are the server's, so that a page that needs more than they allow fails here already.
// `POST /mock/SCENE` plays a scene in the newest conversation (accept, reply, resolve, …).

import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const PORT = Number(process.env.PORT ?? 8091);
const DIST = new URL("../dist/", import.meta.url);
const KNOWLEDGE = new URL("../../../knowledge/", import.meta.url);
const CUSTOMERS = new URL("../../../demo/customers.csv", import.meta.url);
/** Origins that may frame the chat, as a workspace's allow-list does. */
const FRAMED_BY = process.env.FRAMED_BY ?? "'self'";
const STREAM_MS = Number(process.env.STREAM_MS ?? 700);

const COMMON = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};
const csp = (more) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws:; object-src 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'; ${more}`;
const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css" };

// ------------------------------------------------------------------ the conversation

const conversations = new Map();
const sockets = new Set();
const replies = new Map();
let newest = null;
let is_down = false;

const now = () => new Date().toISOString();
const SYSTEM = { kind: "system", name: "Brightcrate" };
const ASSISTANT = { kind: "assistant", name: "Assistant" };
const SARAH = { id: "agt_1", name: "Sarah Lindqvist" };

function open() {
  const id = `conv_${randomUUID()}`;
  const conversation = {
    id,
    version: 0,
    turns: 0,
    items: [],
    floor: { holder: "assistant", epoch: 1 },
    speaker: { name: "Assistant", note: "AI" },
    rating: { assistant: "none", agent: "none" },
    wait: undefined,
    confirmable_turn: undefined,
    timers: [],
  };
  conversations.set(id, conversation);
  newest = conversation;
  append(conversation, [
    turn(
      conversation,
      { ...SYSTEM, notice: "welcome" },
      "I am Brightcrate’s AI assistant. Ask me anything about labels, billing or the API, and say so at any time if you would rather talk to a person.",
    ),
  ]);
  return conversation;
}

function turn(c, author, text, more = {}) {
  c.turns += 1;
  return {
    type: "turn",
    turn: c.turns,
    author,
    text,
    epoch: c.floor.epoch,
    is_cut: false,
    ...more,
  };
}

function floor(c, holder, cause, more = {}) {
  c.floor = { holder, epoch: c.floor.epoch + 1, since: now(), ...more };
  return { type: "floor", floor: c.floor, cause };
}

const stateOf = (c) => ({
  version: c.version,
  epoch: c.floor.epoch,
  floor: c.floor,
  speaker: c.speaker,
  wait: c.wait,
  can_write: true,
  rating: c.rating,
  confirmable_turn: c.confirmable_turn,
  is_closed: c.floor.holder === "closed",
});
const snapshot = (c) => ({
  conversation: c.id,
  version: c.version,
  items: c.items,
  state: stateOf(c),
});

function append(c, items) {
  c.version += 1;
  const stamped = items.map((item) => ({ ...item, version: c.version, at: now() }));
  c.items.push(...stamped);
  push(c, {
    type: "entry",
    conversation: c.id,
    version: c.version,
    items: stamped,
    state: stateOf(c),
  });
}

function push(c, frame) {
  for (const socket of sockets) if (socket.topics.has(c.id)) socket.send(frame);
}

const later = (c, ms, action) => c.timers.push(setTimeout(action, ms));
function interrupt(c) {
  for (const timer of c.timers) clearTimeout(timer);
  c.timers = [];
}

function stream(c, sentences, more) {
  const epoch = c.floor.epoch;
  const in_reply_to = c.turns;
  push(c, { type: "typing", conversation: c.id, who: "assistant", name: "Assistant" });
  sentences.forEach((text, seq) => {
    later(c, STREAM_MS * (seq + 1), () =>
      push(c, { type: "delta", conversation: c.id, epoch, in_reply_to, seq, text }),
    );
  });
  later(c, STREAM_MS * (sentences.length + 1), () => {
    const item = turn(c, ASSISTANT, sentences.join(" "), more);
    c.confirmable_turn = more?.article ? item.turn : undefined;
    append(c, [item]);
  });
}

const SCENES = {
  person: (c) => {
    interrupt(c);
    c.confirmable_turn = undefined;
    c.wait = {
      position: 2,
      lo_min: 3,
      hi_min: 5,
      who: "Sarah Lindqvist",
      reason: "You asked for a person.",
      notes_passed: true,
      is_open: true,
      may_leave_contact: true,
      may_withdraw: true,
      contact_left: false,
    };
    c.speaker = { name: "Sarah Lindqvist", note: "Finance operations" };
    const notice = turn(
      c,
      { ...SYSTEM, notice: "handoff_warm" },
      "I want to make sure you get the right help with this billing error, so I’m looping in **Sarah** from our finance operations team. I’m passing over our notes right now so she can pick up exactly where we left off.",
    );
    append(c, [
      notice,
      floor(c, "queue", "asked", {
        queue: "finance",
        queue_name: "Finance operations",
        kind: "warm",
      }),
    ]);
  },
  shorter: (c) => {
    c.wait = { ...c.wait, position: 1, lo_min: 1, hi_min: 2 };
    push(c, { type: "wait", conversation: c.id, wait: c.wait });
  },
  longer: (c) => {
    c.wait = { ...c.wait, lo_min: null, hi_min: null, more_than_min: 10 };
    append(c, [
      turn(
        c,
        { ...SYSTEM, notice: "wait_extended" },
        "I am sorry, this takes longer than I said. Sarah is still with another customer. You can keep waiting, or leave an address and we write to you.",
      ),
    ]);
  },
  away: (c) => {
    interrupt(c);
    const opens = new Date();
    opens.setDate(opens.getDate() + 1);
    opens.setHours(8, 0, 0, 0);
    c.wait = {
      position: null,
      lo_min: null,
      hi_min: null,
      who: "Finance operations",
      reason: "",
      notes_passed: true,
      is_open: false,
      opens_at: opens.toISOString(),
      may_leave_contact: true,
      may_withdraw: true,
      contact_left: false,
    };
    append(c, [
      turn(
        c,
        { ...SYSTEM, notice: "after_hours" },
        "Our finance team is away until tomorrow at 08:00. I have passed on our notes; your question is the first thing they read, and they answer here.",
      ),
      floor(c, "queue", "verdict", {
        queue: "finance",
        queue_name: "Finance operations",
        kind: "warm",
      }),
    ]);
  },
  cold: (c) => {
    interrupt(c);
    c.wait = {
      position: null,
      lo_min: null,
      hi_min: null,
      who: "",
      reason: "",
      notes_passed: false,
      is_open: true,
      may_leave_contact: false,
      may_withdraw: false,
      contact_left: false,
      reference: "W-4821",
    };
    c.speaker = { name: "", note: "" };
    append(c, [
      turn(
        c,
        { ...SYSTEM, notice: "handoff_cold" },
        "Thank you for telling us. A person is looking into this now and will write to you here.",
      ),
      floor(c, "queue", "verdict", { kind: "cold" }),
    ]);
  },
  accept: (c) => {
    interrupt(c);
    c.wait = undefined;
    c.speaker = { name: SARAH.name, note: "Finance operations" };
    append(c, [
      floor(c, "agent", "accepted", { agent: SARAH }),
      turn(
        c,
        { ...SYSTEM, notice: "agent_joined" },
        "Sarah Lindqvist from finance operations is with you now.",
      ),
    ]);
    push(c, { type: "typing", conversation: c.id, who: "agent", name: SARAH.name });
    later(c, 900, () => SCENES.reply(c));
  },
  reply: (c) =>
    append(c, [
      turn(
        c,
        { kind: "agent", name: SARAH.name, agent_id: SARAH.id },
        "Hi Alex, I see you have been trying to save a new card and that the bank answered 402. I have looked at the last attempt: it stopped at the approval step.\n\n1. Open your banking app\n2. Choose **Try again** in Settings > Billing\n3. Confirm within 5 minutes",
      ),
    ]),
  typing: (c) => push(c, { type: "typing", conversation: c.id, who: "agent", name: SARAH.name }),
  hand_back: (c) => {
    c.speaker = { name: "Assistant", note: "AI" };
    append(c, [
      turn(
        c,
        { ...SYSTEM, notice: "hand_back" },
        "Now that your card is active, our assistant can show you where the receipts are.",
      ),
      floor(c, "assistant", "handed_back"),
    ]);
  },
  resolve: (c) => {
    c.rating = { assistant: "open", agent: "open" };
    append(c, [
      turn(
        c,
        { ...SYSTEM, notice: "closed" },
        "This is settled from our side. Write here at any time if something is left.",
      ),
      floor(c, "closed", "closed", { outcome: "resolved_by_agent" }),
    ]);
  },
  cut: (c) => {
    interrupt(c);
    c.speaker = { name: SARAH.name, note: "Finance operations" };
    append(c, [
      turn(c, { ...SYSTEM, notice: "takeover" }, "Sarah Lindqvist is taking over from here."),
      floor(c, "agent", "taken", { agent: SARAH, kind: "takeover" }),
    ]);
  },
};

function hear(c, text, client_id) {
  const known = replies.get(client_id);
  if (known) return known;
  if (c.floor.holder === "closed") {
    c.rating = { assistant: "none", agent: "none" };
    c.speaker = { name: "Assistant", note: "AI" };
    append(c, [floor(c, "assistant", "reopened")]);
  }
  const said = turn(c, { kind: "customer", name: "You" }, text);
  append(c, [said]);
  const answer = { turn: said.turn, version: c.version, epoch: c.floor.epoch };
  replies.set(client_id, answer);
  if (c.floor.holder === "assistant") later(c, 300, () => answerTo(c, text.toLowerCase()));
  return answer;
}

function answerTo(c, text) {
  if (/talk to|a person|human/.test(text)) return SCENES.person(c);
  if (/signed in|fraud/.test(text)) return SCENES.cold(c);
  if (/refund|dispute|charge/.test(text)) return SCENES.away(c);
  if (/worst|angry/.test(text)) {
    stream(c, ["I am sorry to read that.", "Here is what usually helps:", "First of all,"], {});
    return later(c, STREAM_MS * 2.5, () => SCENES.cut(c));
  }
  if (/402|card/.test(text))
    return stream(
      c,
      [
        "A 402 error with `card_declined` means that your bank refused the charge, so no money was taken.",
        "Check the card number, expiry date and postcode under Settings > Billing > Payment method, then choose **Try again**.",
        "If your bank asks you to approve the payment, keep the window open and confirm within 5 minutes: https://bank.example/approve",
      ],
      {
        article: {
          slug: "card-declined-with-a-402-error",
          title: "Card declined with a 402 error",
          url: "/help/card-declined-with-a-402-error",
        },
        confidence: 0.86,
      },
    );
  return stream(
    c,
    ["I am not sure that I understand.", "Is this about a label, an invoice or the API?"],
    { is_fallback: true },
  );
}

// ------------------------------------------------------------------ help center, customers

function article(slug) {
  if (!/^[a-z0-9-]+$/.test(slug)) return null;
  let text;
  try {
    text = readFileSync(new URL(`${slug}.md`, KNOWLEDGE), "utf8");
  } catch {
    return null;
  }
  const [, head, body] = text.split(/^---$/m);
  const field = (name) => new RegExp(`^${name}: (.*)$`, "m").exec(head)?.[1] ?? "";
  return {
    title: field("title"),
    category: field("category"),
    updated: field("updated"),
    body: body.trim(),
  };
}
const index = () =>
  readdirSync(KNOWLEDGE)
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .map((name) => ({ slug: name.slice(0, -3), ...article(name.slice(0, -3)) }))
    .map(({ slug, title, category }) => ({ slug, title, category }));
function customers() {
  const [head, ...rows] = readFileSync(CUSTOMERS, "utf8").trim().split("\n");
  const names = head.split(",");
  return rows
    .map((row) => Object.fromEntries(row.split(",").map((value, i) => [names[i], value])))
    .map(({ email, name, tier, vip, company }) => ({
      email,
      name,
      tier,
      is_vip: vip === "true",
      company,
    }));
}

// ------------------------------------------------------------------ HTTP

const json = (response, status, body) => {
  response.writeHead(status, { ...COMMON, "content-type": "application/json" });
  response.end(JSON.stringify(body));
};
const refuse = (response, status, code) =>
  json(response, status, { error: { code, message: code, request_id: randomUUID() } });

function file(response, path, policy) {
  let body;
  try {
    body = readFileSync(new URL(path, DIST));
  } catch {
    return refuse(response, 404, "not_found");
  }
  const type = TYPES[path.split(".").pop()] ?? "application/octet-stream";
  response.writeHead(200, {
    ...COMMON,
    "content-type": type,
    ...(policy && { "content-security-policy": policy }),
  });
  response.end(body);
}

function widgetApi(response, path, body) {
  if (path === "/session") {
    const email = body.identity;
    if (email === "expired") return refuse(response, 401, "unauthenticated");
    const customer = email && customers().find((entry) => entry.email === email);
    return json(response, 200, {
      token: `sgv_${body.visitor?.slice(4) ?? randomUUID()}`,
      expires_at: new Date(Date.now() + 86_400_000).toISOString(),
      company: { name: "Brightcrate" },
      assistant: { name: "Assistant", is_ai: true },
      ...(customer && { customer: { name: customer.name } }),
      ...(body.visitor && newest && { conversation: newest.id }),
      texts_locale: body.locale,
    });
  }
  if (path === "/ticket") return json(response, 200, { ticket: randomUUID(), expires_at: now() });
  if (path === "/conversations") return json(response, 201, snapshot(newest ?? open()));
  const [, id, verb] = /^\/conversations\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  const c = conversations.get(id);
  if (!c) return refuse(response, 404, "conversation_unknown");
  switch (verb) {
    case "turns":
      if (body.text === "refuse this") return refuse(response, 422, "text_too_long");
      return json(response, 201, hear(c, body.text, body.client_id));
    case "person":
      SCENES.person(c);
      break;
    case "withdraw":
      c.wait = undefined;
      c.speaker = { name: "Assistant", note: "AI" };
      append(c, [floor(c, "assistant", "handed_back")]);
      break;
    case "contact":
      c.wait = { ...c.wait, contact_left: true, may_leave_contact: false };
      append(c, [
        turn(
          c,
          { ...SYSTEM, notice: "contact_taken" },
          `Thank you. The answer comes to ${body.address} and here.`,
        ),
      ]);
      break;
    case "confirm":
      c.confirmable_turn = undefined;
      append(c, []);
      break;
    case "end":
      SCENES.resolve(c);
      break;
    case "rating":
      c.rating = { ...c.rating, [body.part]: "done" };
      append(c, []);
      break;
    default:
      return refuse(response, 404, "not_found");
  }
  json(response, 200, { version: c.version });
}

function route(request, response, body) {
  const { pathname } = new URL(request.url, "http://mock");
  if (pathname.startsWith("/mock/")) {
    const scene = pathname.slice(6);
    if (scene === "down") is_down = true;
    else if (scene === "up") is_down = false;
    else if (scene === "reset") newest = null;
    else if (newest && SCENES[scene]) SCENES[scene](newest);
    if (is_down) for (const socket of sockets) socket.end();
    return json(response, 200, { is_down });
  }
  if (pathname.startsWith("/v1/")) {
    if (is_down) return request.socket.destroy();
    return widgetApi(response, pathname.slice("/v1/widget".length), body);
  }
  const [, slug] = /^\/help\/([a-z0-9-]+)\.json$/.exec(pathname) ?? [];
  if (slug === "index") return json(response, 200, index());
  if (slug) {
    const found = article(slug);
    return found ? json(response, 200, found) : refuse(response, 404, "not_found");
  }
  if (pathname === "/demo/customers") return json(response, 200, customers());
  if (pathname === "/demo/identity") return json(response, 200, { identity: body.email });
  if (pathname === "/")
    return file(response, "site/index.html", csp("frame-src 'self'; frame-ancestors 'none'"));
  if (/^\/help(\/|$)/.test(pathname))
    return file(response, "site/help.html", csp("frame-src 'self'; frame-ancestors 'none'"));
  if (pathname === "/widget")
    return file(response, "widget.html", csp(`frame-ancestors ${FRAMED_BY}`));
  return file(response, pathname.slice(1));
}

const server = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk) => {
    text += chunk;
  });
  request.on("end", () => route(request, response, text ? JSON.parse(text) : {}));
});

// ------------------------------------------------------------------ WebSocket, just enough

function frameOf(text) {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}

function* framesIn(buffer) {
  let at = 0;
  while (at + 6 <= buffer.length) {
    const opcode = buffer[at] & 15;
    let length = buffer[at + 1] & 127;
    let begin = at + 2;
    if (length === 126) {
      length = buffer.readUInt16BE(begin);
      begin += 2;
    }
    const mask = buffer.subarray(begin, begin + 4);
    const body = buffer
      .subarray(begin + 4, begin + 4 + length)
      .map((byte, i) => byte ^ mask[i % 4]);
    at = begin + 4 + length;
    yield { opcode, text: Buffer.from(body).toString() };
  }
}

server.on("upgrade", (request, socket) => {
  if (is_down) return socket.destroy();
  const accept = createHash("sha1")
    .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  const peer = {
    topics: new Set(),
    send: (frame) => socket.write(frameOf(JSON.stringify(frame))),
    end: () => socket.destroy(),
  };
  sockets.add(peer);
  socket.on("close", () => sockets.delete(peer));
  socket.on("error", () => sockets.delete(peer));
  socket.on("data", (data) => {
    for (const { opcode, text } of framesIn(data)) {
      if (opcode === 8) return socket.end();
      if (opcode !== 1) continue;
      const frame = JSON.parse(text);
      if (frame.type === "hello") peer.send({ type: "welcome", ping_ms: 10_000 });
      if (frame.type === "ping") peer.send({ type: "pong", at: frame.at });
      if (frame.type !== "subscribe") continue;
      const c = conversations.get(frame.id);
      if (!c) continue;
      peer.topics.add(c.id);
      peer.send(
        frame.after === 0
          ? { type: "snapshot", ...snapshot(c) }
          : {
              type: "entries",
              from: frame.after,
              ...snapshot(c),
              items: c.items.filter((item) => item.version > frame.after),
            },
      );
    }
  });
});

server.listen(PORT, "127.0.0.1", () => console.log(`widget mock on http://127.0.0.1:${PORT}/`));
