#!/usr/bin/env python3
"""A LangGraph assistant that stops at a handoff and goes on when a person hands it back.
SEGUE=http://127.0.0.1:8080 KEY=sg_live_… python3 langgraph_interrupt.py   (pip install segue-sdk langgraph)
# It shows: continue, escalate, interrupted, handed back"""
import os
import time
from typing import Any, TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt
from segue_sdk import Segue

segue = Segue(os.environ["SEGUE"], os.environ["KEY"])

class Chat(TypedDict, total=False):
    conversation: str
    question: str
    answer: str
    epoch: int

def judge(chat: Chat) -> Command[str]:
    """Every turn of the customer's goes through Segue before anything is answered."""
    asked = segue.add_turn(chat["conversation"], role="customer", text=chat["question"])
    print("customer:", chat["question"], "->", asked["verdict"]["verdict"], asked["verdict"]["rule"])
    may_go_on = asked["verdict"]["verdict"] == "continue"
    return Command(goto="answer" if may_go_on else "person", update={"epoch": asked["epoch"]})

def answer(chat: Chat) -> Chat:
    text = "Open Settings > Billing and choose Update card."  # your own model goes here
    segue.add_turn(chat["conversation"], role="assistant", text=text, confidence=0.91, epoch=chat["epoch"])
    return {"answer": text}

def person(chat: Chat) -> Chat:
    """Nothing has a side effect here: LangGraph runs a node again from its top when it resumes."""
    brief = interrupt({"conversation": chat["conversation"], "why": "a person has the floor"})
    return {"answer": f"(after the person: {brief})"}

builder = StateGraph(Chat)
builder.add_node("judge", judge)
builder.add_node("answer", answer)
builder.add_node("person", person)
builder.add_edge(START, "judge")
builder.add_edge("answer", END)
builder.add_edge("person", END)
graph = builder.compile(checkpointer=InMemorySaver())

customer = {"email": os.environ.get("CUSTOMER", "alex@shop.example")}
conversation = segue.open_conversation(customer=customer, channel="langgraph")["id"]
thread: Any = {"configurable": {"thread_id": conversation}}
for question in ["How do I change the card on my account?", "Could I talk to a real person, please?"]:
    done = graph.invoke({"conversation": conversation, "question": question}, thread)
    print("assistant:", "interrupted" if "__interrupt__" in done else done["answer"])

# In a service this is a webhook or a job; the graph needs no memory of its own meanwhile.
until = time.monotonic() + 30
while time.monotonic() < until:
    now = segue.read_conversation(conversation)
    if now["floor"]["holder"] == "assistant" and "hand_back" in now:
        done = graph.invoke(Command(resume=now["hand_back"]["brief"]), thread)
        print("handed back:", done["answer"])
        break
    time.sleep(0.2)
