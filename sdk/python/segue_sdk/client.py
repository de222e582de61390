"""The two clients. They differ in how they wait, and in nothing else."""

from __future__ import annotations

import asyncio
import time
import uuid
from types import TracebackType
from typing import Any, Self, Unpack, cast

import httpx

from .generated.types import (
    HandoffAnswer,
    HandoffBody,
    OpenBody,
    Opened,
    Packet,
    ProgramConversation,
    TurnAnswer,
    TurnBody,
)

#: How often a call is made that met no server, or one that is not ready. A write carries
#: the same idempotency key each time, so that it is done once however often it arrives.
TRIES = 3
#: The pause before the next try, in seconds; each is twice as long as the one before.
PAUSE_S = 0.2
#: How long a call may take, in seconds.
TIMEOUT_S = 10.0


class SegueError(Exception):
    """The server refused. `code` is stable and has a page at `/errors/CODE`."""

    def __init__(self, status: int, code: str, message: str, request_id: str | None) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.request_id = request_id


class _Call:
    """One call, as it is sent."""

    def __init__(self, method: str, path: str, body: Any = None) -> None:
        self.method = method
        self.path = path
        self.body = body
        self.headers = {"Idempotency-Key": str(uuid.uuid4())} if body is not None else {}

    @staticmethod
    def is_worth_another(response: httpx.Response) -> bool:
        return response.status_code in (429, 503)

    @staticmethod
    def read(response: httpx.Response) -> Any:
        if response.is_success:
            return response.json()
        try:
            error = response.json()["error"]
            code, message = str(error["code"]), str(error["message"])
            request_id = error.get("request_id")
        except (ValueError, KeyError, TypeError, AttributeError):
            code, message, request_id = "unexpected_answer", response.reason_phrase, None
        raise SegueError(response.status_code, code, message, request_id)


def _pause(tried: int, response: httpx.Response | None) -> float:
    told = response.headers.get("Retry-After", "") if response is not None else ""
    return float(told) if told.isdigit() else PAUSE_S * 2**tried


class Segue:
    """A server, with a key (scopes `turn:write`, `conv:read`, `escalate`)."""

    def __init__(self, url: str, key: str, *, client: httpx.Client | None = None) -> None:
        self._http = client or httpx.Client(timeout=TIMEOUT_S)
        self._url = url.rstrip("/") + "/v1"
        self._key = {"Authorization": f"Bearer {key}"}

    def open_conversation(self, **opening: Unpack[OpenBody]) -> Opened:
        """Begin a conversation that your assistant answers."""
        return cast(Opened, self._send(_Call("POST", "/conversations", opening)))

    def add_turn(self, conversation: str, **turn: Unpack[TurnBody]) -> TurnAnswer:
        """Bring a turn, the customer's or your assistant's, and get the verdict.

        An assistant's turn needs the `epoch` it was made under. Once a person has the
        floor it is refused with the code `floor_lost` and not shown.
        """
        path = f"/conversations/{conversation}/turns"
        return cast(TurnAnswer, self._send(_Call("POST", path, turn)))

    def ask_for_handoff(self, conversation: str, **wish: Unpack[HandoffBody]) -> HandoffAnswer:
        """Ask for a person; asking again while one is on the way changes nothing."""
        path = f"/conversations/{conversation}/handoff"
        return cast(HandoffAnswer, self._send(_Call("POST", path, wish)))

    def read_conversation(self, conversation: str) -> ProgramConversation:
        """Who may speak, what was said, and what a person told you when handing back."""
        return cast(ProgramConversation, self._send(_Call("GET", f"/conversations/{conversation}")))

    def read_packet(self, conversation: str) -> Packet:
        """What an agent reads before they answer."""
        return cast(Packet, self._send(_Call("GET", f"/conversations/{conversation}/packet")))

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _send(self, call: _Call) -> Any:
        for tried in range(TRIES):
            is_last = tried + 1 == TRIES
            try:
                response = self._http.request(
                    call.method,
                    self._url + call.path,
                    json=call.body,
                    headers=self._key | call.headers,
                )
            except httpx.TransportError:
                if is_last:
                    raise
                time.sleep(_pause(tried, None))
                continue
            if is_last or not call.is_worth_another(response):
                return call.read(response)
            time.sleep(_pause(tried, response))
        raise AssertionError("the last try returns or raises")


class AsyncSegue:
    """A server, with a key (scopes `turn:write`, `conv:read`, `escalate`)."""

    def __init__(self, url: str, key: str, *, client: httpx.AsyncClient | None = None) -> None:
        self._http = client or httpx.AsyncClient(timeout=TIMEOUT_S)
        self._url = url.rstrip("/") + "/v1"
        self._key = {"Authorization": f"Bearer {key}"}

    async def open_conversation(self, **opening: Unpack[OpenBody]) -> Opened:
        """Begin a conversation that your assistant answers."""
        return cast(Opened, await self._send(_Call("POST", "/conversations", opening)))

    async def add_turn(self, conversation: str, **turn: Unpack[TurnBody]) -> TurnAnswer:
        """Bring a turn, the customer's or your assistant's, and get the verdict.

        An assistant's turn needs the `epoch` it was made under. Once a person has the
        floor it is refused with the code `floor_lost` and not shown.
        """
        path = f"/conversations/{conversation}/turns"
        return cast(TurnAnswer, await self._send(_Call("POST", path, turn)))

    async def ask_for_handoff(
        self, conversation: str, **wish: Unpack[HandoffBody]
    ) -> HandoffAnswer:
        """Ask for a person; asking again while one is on the way changes nothing."""
        path = f"/conversations/{conversation}/handoff"
        return cast(HandoffAnswer, await self._send(_Call("POST", path, wish)))

    async def read_conversation(self, conversation: str) -> ProgramConversation:
        """Who may speak, what was said, and what a person told you when handing back."""
        call = _Call("GET", f"/conversations/{conversation}")
        return cast(ProgramConversation, await self._send(call))

    async def read_packet(self, conversation: str) -> Packet:
        """What an agent reads before they answer."""
        return cast(Packet, await self._send(_Call("GET", f"/conversations/{conversation}/packet")))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def _send(self, call: _Call) -> Any:
        for tried in range(TRIES):
            is_last = tried + 1 == TRIES
            try:
                response = await self._http.request(
                    call.method,
                    self._url + call.path,
                    json=call.body,
                    headers=self._key | call.headers,
                )
            except httpx.TransportError:
                if is_last:
                    raise
                await asyncio.sleep(_pause(tried, None))
                continue
            if is_last or not call.is_worth_another(response):
                return call.read(response)
            await asyncio.sleep(_pause(tried, response))
        raise AssertionError("the last try returns or raises")
