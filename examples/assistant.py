#!/usr/bin/env python3
"""An outside assistant in 20 lines: it asks Segue for a verdict on every turn.
SEGUE=http://127.0.0.1:8080 KEY=sg_live_… python3 assistant.py"""
import json, os, urllib.request

def call(path, body):
    request = urllib.request.Request(os.environ["SEGUE"] + "/v1" + path, json.dumps(body).encode(),
        {"Authorization": "Bearer " + os.environ["KEY"], "Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))

def answer(question):  # your own model goes here
    return "Open Settings > Billing and choose Update card.", 0.91

conversation = call("/conversations", {"customer": {"email": "alex@shop.example"}})["id"]
for question in ["How do I change the card on my account?", "Could I talk to a real person, please?"]:
    asked = call(f"/conversations/{conversation}/turns", {"role": "customer", "text": question})
    print("customer:", question, "->", asked["verdict"]["verdict"], asked["verdict"]["rule"])
    if asked["verdict"]["verdict"] == "continue":
        text, confidence = answer(question)
        said = call(f"/conversations/{conversation}/turns", {"role": "assistant", "text": text,
                    "confidence": confidence, "epoch": asked["epoch"]})
        print("assistant:", text, "(visible)" if said["visible"] else "(held back)")
