#!/usr/bin/env python3
"""An assistant on the official OpenAI client, through the gateway: only the base address,
the key and the name of the chat are Segue's. The server needs a `[gateway]` (docs/GATEWAY.md).
SEGUE=http://127.0.0.1:8080 KEY=sg_live_… python3 openai_gateway.py   (pip install openai)"""
import os
import uuid

from openai import OpenAI

chat = f"chat-{uuid.uuid4()}"  # your own name of this chat
client = OpenAI(base_url=os.environ["SEGUE"] + "/v1", api_key=os.environ["KEY"],
                default_headers={"Segue-External-Id": chat})
messages = [{"role": "system", "content": "You help customers of a shop."}]
for question in ["How do I change the card on my account?", "Could I talk to a real person, please?"]:
    messages.append({"role": "user", "content": question})
    answer, verdict = "", "continue"
    for chunk in client.chat.completions.create(model="any", messages=messages, stream=True):
        answer += (chunk.choices[0].delta.content or "") if chunk.choices else ""
        verdict = (chunk.model_extra or {}).get("segue", {}).get("verdict", verdict)
    print("customer:", question, "->", verdict)
    print("they read:", answer)
    messages.append({"role": "assistant", "content": answer})
