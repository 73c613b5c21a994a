"""Bytes to commands, frames to bytes. No decisions.

It does not know what a command means; what cannot be read is told to the window in a sentence, and the socket lives.
"""

import asyncio

from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from os1.companion.conversation import Conversation
from os1.companion.window import Window
from os1.errors import BadInput
from os1.frames import COMMAND, Command, Open, Trouble

LONGEST_REASON = 200
"""Characters: a reason may quote what was sent, and that may be a megabyte."""


async def talk(socket: WebSocket, conversation: Conversation) -> None:
    """One window's socket, from its opening to its end."""
    await socket.accept()
    window = Window()
    async with asyncio.TaskGroup() as life:
        life.create_task(_show(socket, window), name="show")
        try:
            while True:
                await _obey(conversation, window, await _read(socket))
        except WebSocketDisconnect:
            pass
        finally:
            conversation.leave(window)


async def _read(socket: WebSocket) -> Command | Trouble:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    raw: str | bytes = message.get("text") or message.get("bytes") or ""
    try:
        return COMMAND.validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        why = f"{where or 'message'}: {first['msg']}"[:LONGEST_REASON]
        return Trouble(code=BadInput.code, text=f"{BadInput.spoken} ({why})")


async def _obey(conversation: Conversation, window: Window, command: Command | Trouble) -> None:
    if isinstance(command, Trouble):
        window.tell(command)
    elif not window.client and not isinstance(command, Open):
        window.tell(Trouble(code=BadInput.code, text="A window says `open` first."))
    else:
        await conversation.obey(window, command)


async def _show(socket: WebSocket, window: Window) -> None:
    try:
        async for frame in window:
            await socket.send_text(frame.model_dump_json())
        if socket.client_state is WebSocketState.CONNECTED:
            await socket.close(1013)  # it stopped reading: it may come back, and will be caught up
    except (WebSocketDisconnect, RuntimeError):
        window.close()  # gone while we wrote; the reader learns it too
