"""Cuts the spoken sentences where the person stops to think, adds a room, and writes down what each witness says.

    python training/turn_ends/listen.py --sounds ~/.cache/os1-dev/turns --models DIR --out evidence.jsonl

One line for each silence: the end of a whole utterance, or a stop inside one. A stop is taken only where the ears
agree with the text about the words before it; the others are counted and left out. It also writes a line for each
breath of over 0.15 s inside the plain ones, since she must not speak there either.
"""

import argparse
import asyncio
import json
import wave
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from os1.voice.base import HEARD_RATE, Sound
from os1.voice.clauses import FILLERS, words_of
from os1.voice.ears import Moonshine
from os1.voice.prosody import prosody
from os1.voice.smart_turn import SmartTurn

STEP = HEARD_RATE // 100
SILENCES = (0.1, 0.3, 0.6)
"""Seconds of silence after which the turn model is asked."""
EASE = 4 * STEP
"""Samples over which a voice is let fade: a hard cut would be a sign that no person gives."""


class Stop(NamedTuple):
    kind: str
    """end, pause or breath."""
    at: int
    """Samples into the utterance: the end of the last word."""
    again: int
    """Where speech begins again; its length at the end."""
    part: int


def read(path: Path) -> Sound:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32_768


def loudness(sound: Sound) -> Sound:
    frames = sound[: len(sound) // STEP * STEP].reshape(-1, STEP)
    return (10 * np.log10(np.mean(frames**2, axis=1) + 1e-10)).astype(np.float32)


def spoken(loud: Sound) -> tuple[int, int]:
    """The first and the last look with speech in it."""
    loud_enough = np.flatnonzero(loud > np.percentile(loud, 95) - 32)
    return int(loud_enough[0]), int(loud_enough[-1]) + 1


def gaps(loud: Sound, first: int, last: int) -> list[tuple[int, int]]:
    """Stretches without speech inside: begin and end, in looks of 10 ms."""
    quiet = loud[first:last] < np.percentile(loud, 95) - 32
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    return [(first + int(a), first + int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def places(loud: Sound, meta: dict[str, Any], part: int) -> list[tuple[int, int]]:
    """Where the stop after `part` may be, the likeliest first."""
    first, last = spoken(loud)
    expected = first + (last - first) * meta["heads"][part] / meta["heads"][-1]
    reach = 25 + 0.12 * (last - first)
    near = [
        gap
        for gap in gaps(loud, first, last)
        if abs(sum(gap) / 2 - expected) < reach and gap[1] - gap[0] >= 4
    ]
    inner = range(max(first + 8, int(expected - reach)), min(last - 8, int(expected + reach)))
    dips = [(n, n + 1) for n in inner if loud[n] == loud[max(0, n - 4) : n + 5].min()]
    # Where a mark made the voice stop, the longest stop is the place; otherwise the nearest dip between two words.
    longest = sorted(near, key=lambda gap: gap[0] - gap[1])[:3] if meta["mark"] else []
    return longest + sorted(dips, key=lambda gap: abs(gap[0] - expected))[:6]


class Listener:
    def __init__(self, models: Path, smart_turn: Path) -> None:
        files = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")
        self.ears = Moonshine(*(models / name for name in files))
        self.turn = SmartTurn(smart_turn)

    async def stops(self, sound: Sound, meta: dict[str, Any]) -> tuple[list[Stop], int]:
        loud = loudness(sound)
        first, last = spoken(loud)
        found = [Stop("end", last * STEP, len(sound), len(meta["parts"]) - 1)]
        missed = 0
        for part in range(len(meta["parts"]) - 1):
            place = await self.place(sound, loud, meta, part)
            missed += place is None
            if place:
                found.append(Stop("pause", place[0] * STEP, place[1] * STEP, part))
        if len(meta["parts"]) == 1:
            found += [
                Stop("breath", a * STEP, b * STEP, 0) for a, b in gaps(loud, first, last) if b - a >= 15
            ]
        return found, missed

    async def place(
        self, sound: Sound, loud: Sound, meta: dict[str, Any], part: int
    ) -> tuple[int, int] | None:
        """The first that the ears agree with; after a filler, which they leave out, the words after it must agree too."""
        before = words_of(" ".join(meta["parts"][: part + 1]))
        after = words_of(meta["parts"][part + 1])
        for a, b in places(loud, meta, part):
            if not _alike(await self.hear(sound[: a * STEP]), before, -1):
                continue
            if before[-1] not in FILLERS or _alike(await self.hear(sound[b * STEP :]), after, 0):
                return a, b
        return None

    async def hear(self, sound: Sound) -> list[str]:
        quiet = np.zeros(HEARD_RATE // 10, np.float32)
        return words_of((await self.ears.transcribe(np.concatenate([quiet, sound, quiet]))).text)


def _alike(heard: list[str], said: list[str], at: int) -> bool:
    heard, said = ([word for word in words if word not in FILLERS] for words in (heard, said))
    if not heard or not said:
        return not said
    return heard[at] == said[at]


def room(sound: Sound, rng: np.random.Generator) -> Sound:
    """Noise 20 to 30 dB under the speech, more of it deep than high, as in a room."""
    hiss = np.fft.rfft(rng.standard_normal(len(sound)))
    hiss /= np.sqrt(np.maximum(np.arange(len(hiss)) / len(hiss) * 8_000, 50))
    noise = np.fft.irfft(hiss, len(sound))
    loud = float(np.sqrt(np.mean(sound[np.abs(sound) > 0.02] ** 2)))
    level = loud * 10 ** (-rng.uniform(20, 30) / 20)
    return (sound + noise * (level / np.std(noise))).astype(np.float32)


def fall_silent(sound: Sound, at: int, silence: float) -> Sound:
    """The sound up to `at`, eased out, and then nothing."""
    kept = sound[:at].copy()
    kept[-EASE:] *= np.linspace(1, 0, EASE, dtype=np.float32)
    return np.concatenate([kept, np.zeros(int(silence * HEARD_RATE), np.float32)])


def heard_at(path: Path, at: int) -> tuple[Sound, int]:
    """The sound up to the stop, with silence and a room around it, and where the detector takes the words to end.
    The same for the same stop: what is drawn from the sound can be drawn again."""
    rng = np.random.default_rng([at, *map(ord, path.stem)])
    whole = room(fall_silent(read(path) * rng.uniform(0.4, 1.2), at, SILENCES[-1]), rng)
    return whole, at + int(rng.uniform(-0.03, 0.06) * HEARD_RATE)


async def evidence(listener: Listener, path: Path) -> tuple[list[dict[str, Any]], int]:
    meta = json.loads(path.with_suffix(".json").read_text())
    stops, missed = await listener.stops(read(path), meta)
    rows: list[dict[str, Any]] = []
    for stop in stops:
        whole, at = heard_at(path, stop.at)
        after = [whole[: at + int(silence * HEARD_RATE)] for silence in SILENCES]
        heard = await listener.ears.transcribe(after[0])
        rows.append(
            {
                "key": path.stem, "kind": stop.kind, "at": stop.at, "gap": (stop.again - stop.at) / HEARD_RATE,
                "parts": len(meta["parts"]), "voice": meta["voice"], "mark": meta["mark"], "asked": meta["asked"],
                "said": " ".join(meta["parts"][: stop.part + 1]), "heard": heard.text, "sure": heard.sure,
                "prosody": prosody(after[0]), "marks": heard.marks,
                "turn": [await listener.turn.over(sound) for sound in after],
            }
        )  # fmt: skip
    return rows, missed


def written(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text().splitlines()]


def write(out: Path, rows: list[dict[str, Any]]) -> None:
    out.write_text("".join(json.dumps(row) + "\n" for row in rows))


async def draw_again(listener: Listener, sounds: Path, out: Path) -> None:
    """Only what the ears tell, and the figures of the sound: quick, after a change of either."""
    rows = written(out)
    for row in rows:
        whole, at = heard_at(sounds / f"{row['key']}.wav", row["at"])
        after = whole[: at + int(SILENCES[0] * HEARD_RATE)]
        heard = await listener.ears.transcribe(after)
        row |= {"heard": heard.text, "sure": heard.sure, "prosody": prosody(after), "marks": heard.marks}
    write(out, rows)


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sounds", type=Path, required=True)
    options.add_argument("--models", type=Path, required=True, help="where Moonshine's three files are")
    options.add_argument("--smart-turn", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--only", default="", help="the beginning of the names to take")
    options.add_argument("--again", action="store_true", help="only ask the ears and draw the sound again")
    chosen = options.parse_args()
    listener = Listener(chosen.models, chosen.smart_turn)
    if chosen.again:
        await draw_again(listener, chosen.sounds, chosen.out)
        return
    missed = 0
    with chosen.out.open("a") as out:
        for path in sorted(chosen.sounds.glob(f"{chosen.only}*.wav")):
            rows, lost = await evidence(listener, path)
            missed += lost
            out.writelines(json.dumps(row) + "\n" for row in rows)
    print(f"{missed} stops could not be placed")
    await listener.ears.close()
    await listener.turn.close()


if __name__ == "__main__":
    asyncio.run(main())
