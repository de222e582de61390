#!/usr/bin/env python3
"""What a handoff costs in CPU: a Segue server beside a LangGraph interrupt with its SQLite
checkpointer, on the same machine in the same run. Ours is the whole server process: the
customer's message over HTTP, the decision, the durable append, routing with an offer to an
agent, and the packet, read once. Theirs is a message in, an interrupt, a checkpoint on disk.

SEGUE_BIN=target/release/segue python3 crates/bench/compare/handoff.py [N]
(pip install httpx langgraph langgraph-checkpoint-sqlite)"""
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TypedDict

import httpx
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 300
BLOCKS = 5
SAYS = "I was charged twice for order BC-48213, could I talk to a person please?"
TICK_US = 1_000_000 / os.sysconf("SC_CLK_TCK")


class Chat(TypedDict, total=False):
    text: str
    answer: str


def person(chat: Chat) -> Chat:
    return {"answer": interrupt({"why": "a person is needed", "said": chat["text"]})}


def theirs(folder: str) -> list[float]:
    builder = StateGraph(Chat)
    builder.add_node("person", person)
    builder.add_edge(START, "person")
    builder.add_edge("person", END)
    connection = sqlite3.connect(os.path.join(folder, "graph.db"), check_same_thread=False)
    graph = builder.compile(checkpointer=SqliteSaver(connection))
    blocks = []
    for block in range(BLOCKS):
        began = time.process_time()
        for n in range(COUNT):
            graph.invoke({"text": SAYS}, {"configurable": {"thread_id": f"{block}-{n}"}})
        blocks.append((time.process_time() - began) / COUNT * 1e6)
    return blocks


def cpu_us(pid: int) -> float:
    """User and system time of a process so far, in microseconds."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK_US


def ours(folder: str) -> list[float]:
    binary = os.environ["SEGUE_BIN"]
    data = os.path.join(folder, "data")
    server = subprocess.Popen(
        [binary, "serve", "--demo", "--data", data, "--listen", "127.0.0.1:0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        url, links = "", []
        for line in server.stdout or []:
            if found := re.match(r" +console +(\S+?)/?$", line):
                url = found[1]
            if found := re.search(r"/#/link/(\S+)", line):
                links.append(found[1])
            if len(links) >= 8:
                break
        key = subprocess.run(
            [binary, "key", "create", "--data", data, "--name", "bench",
             "--scope", "turn:write", "--scope", "conv:read"],
            check=True, capture_output=True, text=True).stdout.strip()
        for link in links:  # somebody is there, so that offers are made
            agent = httpx.Client(base_url=url + "/v1", headers={"X-Segue": "1", "Sec-Fetch-Site": "same-origin"})
            agent.post("/session/link", json={"token": link}).raise_for_status()
            agent.put("/me/presence", json={"presence": "available"}).raise_for_status()
        client = httpx.Client(base_url=url + "/v1", headers={"Authorization": f"Bearer {key}"})
        blocks = []
        for _ in range(BLOCKS):
            chats = [client.post("/conversations", json={}).json()["id"] for _ in range(COUNT)]
            began = cpu_us(server.pid)
            for chat in chats:
                said = client.post(f"/conversations/{chat}/turns", json={"role": "customer", "text": SAYS}).json()
                assert said["verdict"]["verdict"] == "escalate", said
                client.get(f"/conversations/{chat}/packet").raise_for_status()
            blocks.append((cpu_us(server.pid) - began) / COUNT)
        return blocks
    finally:
        server.terminate()
        server.wait()


with tempfile.TemporaryDirectory() as folder:
    segue, langgraph = ours(folder), theirs(folder)
median = {"segue_us": statistics.median(segue), "langgraph_us": statistics.median(langgraph)}
print(json.dumps(median | {"ratio": median["langgraph_us"] / median["segue_us"], "handoffs": COUNT * BLOCKS,
                           "segue_blocks_us": segue, "langgraph_blocks_us": langgraph}))
