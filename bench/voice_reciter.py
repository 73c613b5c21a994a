"""Someone who recites: a tiny endpoint in the manner of OpenAI, behind which no model is, only long paragraphs.

With it she speaks for as long as is needed, and the same every time. It paces its words like a quick brain. It does
not know who asked, nor what.
"""

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import count

PACE = 0.03
"""Seconds a word takes: as quick as the embedded brain on two good cores."""
MODELS = b'{"object": "list", "data": [{"id": "reciter", "object": "model"}]}'

PARAGRAPHS = (
    "The sea was grey on the morning I have in mind, grey and very flat, the way it gets when the wind has not made "
    "up its mind. A woman came down to the harbour with a basket of bread, and the gulls knew her. She broke the loaves "
    "into pieces and threw them high, one after another, until the whole sky was moving. Nobody had asked her to do it. "
    "When the basket was empty she turned it over, shook it twice, and went home to bake again. The fishermen said that "
    "she did it for her son, who had gone out in a storm and come back without a scratch. She said that she simply liked "
    "the noise. I think both of them were telling the truth, and that most good habits have two reasons like that.",
    "There is a train that crosses the mountains at night, and it is slow, because the old bridges cannot bear more. "
    "People sleep in their coats. A boy counts the lamps of the stations they do not stop at, and gets as far as forty "
    "before his eyes close. His grandmother keeps counting for him, quietly, so that she can tell him the number in the "
    "morning. Somewhere after the highest tunnel the snow begins, and the windows turn white from the corners inwards. "
    "The conductor walks through with a thermos and pours tea for anyone who is awake. He has done this for thirty "
    "years. He says that he has never seen the mountains by day, and that he would be a little afraid to.",
    "Let me tell you about the clockmaker who hated being on time. His shop was full of clocks, and each of them was "
    "wrong in its own way, one by a minute, one by an hour, one by so much that it came out right again. Customers "
    "complained at first. Then they noticed that nobody in his street was ever in a hurry. Children stopped there on "
    "their way from school and stayed until it was dark. When he died, the town put a new clock on the tower, a very "
    "exact one, and within a week people were running. So one night somebody climbed up with a screwdriver. Nobody was "
    "ever punished for it, and the bakery has opened late ever since.",
    "In the house where three sisters lived there was one piano and no agreement about it. The eldest played only in "
    "the morning, scales, up and down, like someone washing a long staircase. The middle one played by ear whatever the "
    "radio had left in her head. The youngest did not play at all, she opened the lid and looked at the hammers. Years "
    "later it was she who mended pianos, and travelled with a small bag of felt and wire from village to village. She "
    "told me that every piano remembers who was impatient with it. I asked her how she could hear that. She said you "
    "don't hear it, you feel it in the keys that come up a little too slowly.",
    "Whales sing, and the songs change. A new phrase begins with one animal somewhere in the west, and within two "
    "years it has crossed an ocean, whale to whale, like a joke or a tune in a playground. Nobody knows why they "
    "bother. It costs them breath. Some people say it is courtship, others say it is a map made of sound. A man I read "
    "about spent his whole life listening with a microphone on a long cable, in a boat that was hardly bigger than a "
    "bed. He wrote down every change by hand. On the last page of his last notebook there is no theory at all, only a "
    "sentence. It says that it is good to be out of doors when somebody is singing.",
    "The garden behind the library belonged to no one, which is why it was so well looked after. One man brought roses. "
    "Another pulled weeds while he waited for his daughter. A retired judge, very strict, took charge of the compost. "
    "There was never a meeting, and never a plan, but by May you could not have put a foot down between the flowers. "
    "Then the city sent a letter with rules, and a form for everyone to sign. Half of them stayed away from that day. It "
    "took one summer until the ivy had the benches. In autumn somebody stole the letter from the notice board, and in "
    "spring, without a word, all of them were back.",
)


def words_at(number: int) -> list[str]:
    """The pieces of one paragraph, as a brain would give them."""
    return re.findall(r"\S+\s*", PARAGRAPHS[number % len(PARAGRAPHS)])


def chunk(words: str, end: str | None = None) -> str:
    choice = {"index": 0, "delta": {"content": words}, "finish_reason": end}
    return f"data: {json.dumps({'choices': [choice]})}\n\n"


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
    """One request, one paragraph; whoever has heard enough hangs up."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if found := re.search(r"content-length: *(\d+)", head, re.IGNORECASE):
            await reader.readexactly(int(found[1]))
        asked = head.startswith("POST")
        kind = "text/event-stream" if asked else "application/json"
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n".encode())
        for words in words_at(number) if asked else []:
            writer.write(chunk(words).encode())
            await writer.drain()
            await asyncio.sleep(PACE)
        writer.write((chunk("", "stop") + "data: [DONE]\n\n").encode() if asked else MODELS)
        await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


@asynccontextmanager
async def reciting() -> AsyncGenerator[str]:
    """Its base URL, for as long as the block."""
    numbers = count()

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer, next(numbers))

    server = await asyncio.start_server(met, "127.0.0.1", 0)
    async with server:
        port: int = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/v1"
