#!/usr/bin/env python3
"""A person at the console, for the examples: takes what an example handed over, answers,
and hands it back with a brief. SEGUE=… LINK=sgl_… CUSTOMER=a@b.example python3 agent.py"""
import os
import time

import httpx

console = httpx.Client(
    base_url=os.environ["SEGUE"] + "/v1",
    headers={"X-Segue": "1", "Sec-Fetch-Site": "same-origin"},
)
console.post("/session/link", json={"token": os.environ["LINK"]}).raise_for_status()
until = time.monotonic() + 60
while time.monotonic() < until:
    rows = console.get("/conversations", params={"state": "open"}).raise_for_status().json()["items"]
    mine = [row for row in rows if row["customer_name"] == os.environ["CUSTOMER"]]
    waiting = [row["conversation"] for row in mine if row["floor"]["holder"] == "queue"]
    if waiting:
        at = f"/conversations/{waiting[0]}"
        console.post(at + "/take", json={}).raise_for_status()
        back = {
            "line": "I have changed the card for you. Our assistant can help you further.",
            "brief": "The card was changed by hand. Ask whether the next invoice looks right.",
            "root_cause": "Customer_Request",
            "active_ms": 30_000,
        }
        console.post(at + "/hand_back", json=back).raise_for_status()
        print("taken and handed back")
        break
    time.sleep(0.2)
