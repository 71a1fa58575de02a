"""The body of a request, up to a limit, and once more for who comes after."""

from __future__ import annotations

from starlette.types import Message, Receive


async def body_up_to(most: int, receive: Receive) -> bytes | None:
    """All of it; None as soon as it is more than so many bytes."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body"):
            return bytes(body)


def again(body: bytes, receive: Receive) -> Receive:
    """What was read, to be read again."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
