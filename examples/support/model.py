#!/usr/bin/env python3
"""A model for the examples, in the shape of OpenAI's: it knows one sentence. Prints its port."""
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SAYS = "Open Settings > Billing and choose Update card."


class Model(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        if asked.get("stream"):
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            parts = [{"content": word + " "} for word in SAYS.split()] + [{}]
            for at, delta in enumerate(parts):
                finish = "stop" if at == len(parts) - 1 else None
                self.event({"index": 0, "delta": delta, "finish_reason": finish})
            self.wfile.write(b"data: [DONE]\n\n")
            return
        message = {"role": "assistant", "content": SAYS}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        body = json.dumps({"id": "chatcmpl-1", "object": "chat.completion", "created": 0,
                           "model": asked["model"], "choices": [choice]}).encode()
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def event(self, choice):
        chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0,
                 "model": "any", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
print(server.server_port, flush=True)
server.serve_forever()
