#!/usr/bin/env python3
"""An assistant by the Python library.
SEGUE=http://127.0.0.1:8080 KEY=sg_live_… python3 sdk_assistant.py   (pip install segue-sdk)"""
import os

from segue_sdk import Segue, SegueError

def answer(question: str) -> tuple[str, float]:  # your own model goes here
    return "Open Settings > Billing and choose Update card.", 0.91

with Segue(os.environ["SEGUE"], os.environ["KEY"]) as segue:
    conversation = segue.open_conversation(customer={"email": "alex@shop.example"})["id"]
    for question in ["How do I change the card on my account?", "Could I talk to a real person, please?"]:
        asked = segue.add_turn(conversation, role="customer", text=question)
        print("customer:", question, "->", asked["verdict"]["verdict"], asked["verdict"]["rule"])
        text, confidence = answer(question)
        try:
            said = segue.add_turn(conversation, role="assistant", text=text, confidence=confidence, epoch=asked["epoch"])
            print("assistant:", text, "(visible)" if said["visible"] else "(held back)")
        except SegueError as refused:  # a person has the floor: say nothing
            print("assistant: silent,", refused.code)
    print("the agent reads:", segue.read_packet(conversation)["core_intent"]["text"])
