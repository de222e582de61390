#!/usr/bin/env python3
"""The three tools of `segue mcp`, called as an agent framework calls them.
SEGUE=http://127.0.0.1:8080 KEY=sg_live_… SEGUE_BIN=segue python3 mcp_client.py   (pip install mcp)
# It shows: request_human, queue, nothing handed back"""
import asyncio
import os

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

server = StdioServerParameters(
    command=os.environ.get("SEGUE_BIN", "segue"),
    args=["mcp", "--server", os.environ["SEGUE"]],
    env={"SEGUE_KEY": os.environ["KEY"]},
)

async def main() -> None:
    async with stdio_client(server) as pipes, ClientSession(*pipes) as session:
        await session.initialize()
        print("tools:", *sorted(tool.name for tool in (await session.list_tools()).tools))
        asked = await session.call_tool("request_human", {
            "customer_message": "I was charged twice for order BC-48213",
            "customer": "alex@shop.example",
            "reason": "The customer disputes a charge, which I may not decide.",
            "intent": "get one of the two charges of order BC-48213 back",
            "tried": ["pointed to the article on charges"],
        })
        handoff = asked.structured_content
        print("the customer reads:", handoff["told_customer"])
        of = {"conversation_id": handoff["conversation_id"]}
        status = (await session.call_tool("handoff_status", of)).structured_content
        print("floor:", status["floor"], "- may I speak?", status["may_speak"])
        back = (await session.call_tool("hand_back_brief", of)).structured_content
        print("brief:", back.get("brief") or "nothing handed back yet")

asyncio.run(main())
