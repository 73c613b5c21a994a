"""The engine alone, asked the same prompts by the leanest of clients: what a first token costs without OS1.

It knows no conversation: each prompt is read ahead up to its last message, as she would have, and then asked.
"""

import asyncio
import http.client
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from os1.brain.local import SAMPLING
from os1.brain.spawn import Engine

TOKENS = 8
"""Found for each prompt: the first is timed, the last line tells what the engine took."""

Prompt = Sequence[Sequence[str]]
"""Role and words of each message."""


async def doors(prompts: Sequence[Prompt], model: Path, folder: Path) -> list[float]:
    """For each prompt, seconds from asking to the first words, less what the engine says it took to find them:
    its HTTP, template and tokeniser."""
    engine = Engine(model, folder)
    try:
        return await asyncio.to_thread(_ask_all, await engine.address(), engine.key, prompts)
    finally:
        await asyncio.to_thread(engine.stop)


def _ask_all(address: str, key: str, prompts: Sequence[Prompt]) -> list[float]:
    found: list[float] = []
    for prompt in prompts:
        _ask(address, key, prompt[:-1], 0)
        waited, engine = _ask(address, key, prompt, TOKENS)
        found.append(waited - engine)
    return found


def _ask(address: str, key: str, prompt: Prompt, most: int) -> tuple[float, float]:
    """Seconds to the first words, and the engine's own count of them."""
    messages = [{"role": role, "content": words} for role, words in prompt]
    asked = {"model": "embedded", "messages": messages, "stream": True, "max_tokens": most, **SAMPLING}
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    begin, first, blank = time.perf_counter(), 0.0, 0
    timings: dict[str, Any] = {}
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    line.request("POST", "/v1/chat/completions", json.dumps(asked).encode(), headers)
    for data in line.getresponse():
        chunk = _chunk(data)
        if not first and (words := chunk["choices"][0]["delta"].get("content") if chunk else ""):
            blank += not words.strip()
            first = time.perf_counter() if words.strip() else 0.0
        timings = chunk.get("timings") or timings
    line.close()
    return first - begin, engine_s(timings, blank)


def _chunk(line: bytes) -> dict[str, Any]:
    """One line of the stream, or nothing for its end and for what lies between."""
    data = line.removeprefix(b"data:").strip()
    return json.loads(data) if data.startswith(b"{") else {}


def engine_s(timings: dict[str, Any], blank: int) -> float:
    """Seconds the engine itself took, from seeing the prompt to the first token that was not blank."""
    return (timings.get("prompt_ms", 0.0) + blank * timings.get("predicted_per_token_ms", 0.0)) / 1e3
