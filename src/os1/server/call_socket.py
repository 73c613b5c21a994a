"""A call over a WebSocket: bytes to frames and back. No decisions.

It does not know what a call is made of; what cannot be read is told to the window in a sentence, and the line lives.
"""

import asyncio

from pydantic import ValidationError
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from os1.errors import BadInput, OS1Error
from os1.frames import PROTOCOL
from os1.server.call_wire import SocketWire
from os1.server.calls import Calls, Live
from os1.voice.base import Act, Position
from os1.voice.signals import CALL_COMMAND, CallCommand, CallEnded, Dial, HangUp, Hush, Mute, Played

SLOWEST = 20_000
"""Messages that may wait for a window that does not read: minutes of sound. Then its line is given up."""


async def call(socket: WebSocket, calls: Calls) -> None:
    """One line of a call, from its dialling to its end."""
    await socket.accept()
    try:
        dial = await _dialled(socket)
        wire, again = await _connect(calls, dial)
    except WebSocketDisconnect:
        return
    except OS1Error as error:
        await _refuse(socket, error)
        return
    line = wire.attach(dial, again=again)
    async with asyncio.TaskGroup() as life:
        sending = life.create_task(_send(socket, line), name="call line")
        try:
            await _hear(socket, wire, calls, dial.call)
        except WebSocketDisconnect:
            pass
        finally:
            if wire.lost(line) and (live := calls.going_on(dial.call)):
                calls.lost(live, wire.end)
            line.put_nowait(None)
            await asyncio.wait([sending])


async def _dialled(socket: WebSocket) -> Dial:
    """The first thing that is said on a line. Raises BadInput for anything else."""
    command = _read(await socket.receive())
    if not isinstance(command, Dial):
        raise BadInput("A call says `dial` first.")
    if command.protocol != PROTOCOL:
        raise BadInput("This window is of another version than the house. Reload it.")
    return command


async def _connect(calls: Calls, dial: Dial) -> tuple[SocketWire, bool]:
    """The wire of the call that lost its line, or of a new call."""
    live = calls.going_on(dial.call)
    if live and isinstance(live.wire, SocketWire):
        calls.back(live)
        return live.wire, True
    wire = SocketWire()
    await calls.dial(dial.call, dial.client, wire)
    return wire, False


async def _refuse(socket: WebSocket, error: OS1Error) -> None:
    ended = CallEnded(why="closed", text=error.spoken if not isinstance(error, BadInput) else str(error))
    await socket.send_text(ended.model_dump_json())
    await socket.close(1000)


async def _hear(socket: WebSocket, wire: SocketWire, calls: Calls, call: str) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        try:
            if sound := message.get("bytes"):
                wire.hear(sound)
            else:
                _obey(_read(message), wire, calls.going_on(call))
        except BadInput as error:
            wire.trouble(error)


def _read(message: Message) -> CallCommand:
    """Raises BadInput, WebSocketDisconnect."""
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(1005)
    try:
        return CALL_COMMAND.validate_json(message.get("text") or "")
    except ValidationError as error:
        raise BadInput("That is no signal of a call.") from error


def _obey(command: CallCommand, wire: SocketWire, live: Live | None) -> None:
    match command:
        case Played(speech=speech, samples=samples):
            wire.has_played(Position(speech, samples))
        case Mute(muted=muted):
            wire.act(Act("mute" if muted else "unmute"))
            if live:
                live.line.show(muted=muted)
        case Hush():
            wire.act(Act("hush"))
        case HangUp():
            wire.act(Act("hang_up"))
        case Dial():
            raise BadInput("This call is dialled already.")


async def _send(socket: WebSocket, line: asyncio.Queue[bytes | str | None]) -> None:
    try:
        while (message := await line.get()) is not None and line.qsize() < SLOWEST:
            if isinstance(message, bytes):
                await socket.send_bytes(message)
            else:
                await socket.send_text(message)
        if socket.client_state is WebSocketState.CONNECTED:
            await socket.close(1000)
    except (WebSocketDisconnect, RuntimeError):
        pass  # gone while we wrote: the reader learns it too
