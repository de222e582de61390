#!/usr/bin/env python3
"""An agent of the OpenAI Agents SDK behind the gateway: its loop, its tools and its session stay as
they are. The server needs a `[gateway]` (docs/GATEWAY.md).
SEGUE=http://127.0.0.1:8080 KEY=sg_live_… python3 openai_agents.py   (pip install openai-agents)"""
import asyncio
import os
import uuid

import httpx
from agents import Agent, OpenAIChatCompletionsModel, Runner, SQLiteSession, function_tool, set_tracing_disabled
from openai import AsyncOpenAI

set_tracing_disabled(True)
verdicts: list[str] = []

async def note(response: httpx.Response) -> None:
    verdicts.append(response.headers.get("Segue-Verdict", ""))

@function_tool
def order_status(order: str) -> str:
    """Where an order is."""
    return f"Order {order} leaves the warehouse tomorrow."

async def main() -> None:
    chat = f"chat-{uuid.uuid4()}"  # your own name of this chat
    client = AsyncOpenAI(
        base_url=os.environ["SEGUE"] + "/v1", api_key=os.environ["KEY"],
        default_headers={"Segue-External-Id": chat},
        http_client=httpx.AsyncClient(event_hooks={"response": [note]}))
    agent = Agent(
        name="Support", instructions="You help customers of a shop.", tools=[order_status],
        model=OpenAIChatCompletionsModel(model="any", openai_client=client))
    session = SQLiteSession(chat)
    for question in ["How do I change the card on my account?", "Could I talk to a real person, please?"]:
        done = await Runner.run(agent, question, session=session)
        print("customer:", question, "->", verdicts[-1])
        print("they read:", done.final_output)

asyncio.run(main())
