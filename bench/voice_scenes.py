"""Scenes of a call: a talk, interruptions, disturbances, noise, her own echo. Each gives its figures.

A scene speaks and listens; what it means is for `voice_judge`. It does not know which voice or brain she has.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.figures import median, percentile
from bench.house import Address
from bench.voice_caller import Caller, Spoken, calling
from bench.voice_judge import (
    PATIENCE,
    Disturbed,
    Outcome,
    Stop,
    Stretch,
    Utterance,
    of_stages,
    of_stops,
    outcome,
    spread,
    stop,
)
from bench.voice_recordings import Recording
from os1.events import Said
from os1.voice.signals import Duck, Hold, Hushed, Trace

Row = dict[str, Any]
REST = (0.5, 1.1)
"""Seconds the person leaves between her last sound and their own next, drawn anew each time: 0.8 in the middle."""
INTO = 1.5
"""Seconds of her speech after which the person speaks into it."""
JUST_NOW = 0.4
"""Seconds since her last sound, at most, while she still talks: she has commas and full stops."""
BETWEEN = 4.5
"""Seconds between two disturbances: long enough to see whether she goes on."""
AFTER = 3.0
"""Seconds after a disturbance within which what she does is put down to it."""
IN_ONE_SPEECH = 4
"""Disturbances in one of her speeches."""
SETTLES = 0.2
"""Seconds after her first sound within which what was said to her may still become known."""
ALL_SAID = 1.0
"""Seconds after the person's first sound: if she has said all she wanted by then, nobody interrupted her."""
TRIES = 2
"""Times as often as wanted that she may be asked to talk, for she may answer too shortly to be interrupted."""


@dataclass
class Talk:
    """What came of a set of utterances."""

    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    figures: dict[str, float] = field(default_factory=dict[str, float])

    def rows(self, part: str) -> list[Row]:
        return [{"part": part} | one._asdict() for one in self.outcomes]


async def talk(address: Address, recordings: Sequence[Recording], seed: int) -> Talk:
    """One after the other, each as soon as she has answered the one before."""
    chance = random.Random(seed)
    async with calling(address, seed) as caller:
        said: list[Spoken] = []
        for recording in recordings:
            said.append(await _say(caller, recording, chance))
            await _is_answered(caller, said[-1])
        until = [one.starts for one in said[1:]] + [caller.now]
        found = [outcome(_what_came(caller, *one)) for one in zip(said, until, strict=True)]
        return Talk(found, _told(caller) | _steady(caller))


async def _say(caller: Caller, recording: Recording, chance: random.Random) -> Spoken:
    """After a rest; returns when it has been said."""
    await caller.until(caller.now + chance.uniform(*REST))
    spoken = caller.says(recording)
    await caller.until(spoken.ends)
    return spoken


async def _is_answered(caller: Caller, spoken: Spoken) -> None:
    await caller.hears(spoken.ends, PATIENCE)
    await caller.lets_her_finish(spoken.ends)


def _what_came(caller: Caller, spoken: Spoken, until: float) -> Utterance:
    heard = [(at, one.text, one.goes_on) for at, one in caller.heard_between(spoken.starts, until)]
    hers = [one for one in caller.her.heard(spoken.starts) if one[0] < until]
    opener = any(
        stage.name == "opener"
        for at, one in caller.signals
        if isinstance(one, Trace) and spoken.ends <= at < until
        for stage in one.stages
    )
    return Utterance(spoken.text, spoken.starts, spoken.ends, spoken.pauses, hers, heard, opener)


def _told(caller: Caller) -> dict[str, float]:
    """What the house itself says of its turns."""
    traces = [one for _, one in caller.signals if isinstance(one, Trace)]
    stages: list[dict[str, Stretch]] = [
        {stage.name: (stage.start, stage.end) for stage in trace.stages} for trace in traces
    ]
    own = [trace.voice_to_voice / 1000 for trace in traces]
    return of_stages(stages) | spread("house_says_v2v", own)


def _steady(caller: Caller) -> dict[str, float]:
    """Whether the microphone kept time: if it did not, nothing here is to be believed."""
    return {
        "feeder_late_p99_ms": percentile(caller.late, 99) * 1e3,
        "feeder_late_p50_ms": median(caller.late) * 1e3,
    }


async def interruptions(
    address: Address, asking: Sequence[Recording], barging: Sequence[Recording], many: int, seed: int
) -> dict[str, float]:
    """She is made to talk, and told to stop."""
    chance, stops, understood, times = random.Random(seed), list[Stop](), 0, 0
    async with calling(address, seed) as caller:
        while times < many * TRIES and sum(one.how != "over" for one in stops) < many:
            asked = await _say(caller, asking[times % len(asking)], chance)
            times += 1
            if await _talks(caller, asked.ends):
                spoken = caller.says(barging[times % len(barging)])
                await caller.until(spoken.ends)
                await _is_answered(caller, spoken)
                stops.append(stop(spoken.starts, caller.her.heard(asked.ends), _gave_way(caller, spoken)))
                understood += bool(caller.heard_between(spoken.starts, caller.now))
            else:
                await caller.lets_her_finish(asked.ends)
    return of_stops(stops) | {"bargein_understood": understood, "bargein_asked": times}


async def _talks(caller: Caller, since: float) -> bool:
    """Whether she has talked for INTO, and still does."""
    first = await caller.hears(since, PATIENCE)
    if first is None:
        return False
    await caller.until(first + INTO)
    return _is_heard(caller)


def _is_heard(caller: Caller) -> bool:
    caller.her.run(caller.now)
    return bool(caller.her.heard(caller.now - JUST_NOW))


def _gave_way(caller: Caller, spoken: Spoken) -> float | None:
    """When she was first told to be silent. None: never, or she had said all that she wanted."""
    for at, one in caller.happened:
        if isinstance(one.event, Said) and not one.event.cut_off and 0 < at - spoken.starts < ALL_SAID:
            return None
    for at, signal in caller.signals:
        if at > spoken.starts and (
            isinstance(signal, Hushed) or (isinstance(signal, Hold) and signal.holding)
        ):
            return at
    return None


async def disturbances(
    address: Address, asking: Sequence[Recording], sounds: Sequence[Recording], seed: int
) -> dict[str, float]:
    """She talks; someone agrees, coughs, types, puts music on. She should go on."""
    chance, borne, left, asked = random.Random(seed), Disturbed(), list(sounds), 0
    async with calling(address, seed) as caller:
        while left and asked < len(sounds) * TRIES:
            spoken = await _say(caller, asking[asked % len(asking)], chance)
            asked += 1
            talks = await _talks(caller, spoken.ends)
            for _ in range(IN_ONE_SPEECH):
                if not talks or not left:
                    break
                talks = await _disturb(caller, left.pop(0), borne)
            await caller.lets_her_finish(spoken.ends)
    return borne.figures()


async def _disturb(caller: Caller, recording: Recording, borne: Disturbed) -> bool:
    """Returns whether she still talks, so that there is something to disturb."""
    sound = caller.says(recording)
    await caller.until(sound.ends + max(AFTER, BETWEEN))
    during = [one for at, one in caller.signals if sound.starts < at < sound.ends + AFTER]
    gone = any(isinstance(one, Hushed) for one in during)
    borne.stopped.append((recording.text, gone))
    borne.waited += not gone and any(isinstance(one, Hold) and one.holding for one in during)
    borne.turns += len(caller.heard_between(sound.starts, sound.ends + AFTER))
    return not gone and _is_heard(caller)


async def noise(address: Address, sounds: Sequence[Recording], seed: int) -> dict[str, float]:
    """Nobody speaks. She should not think that somebody did."""
    async with calling(address, seed) as caller:
        began = caller.now
        for sound in sounds:
            spoken = caller.says(sound)
            await caller.until(spoken.ends + REST[0])
        await caller.until(caller.now + AFTER)
        caller.her.run(caller.now)
        turns = caller.heard_between(began, caller.now)
        spoke = caller.her.heard(began)
        return {"noise_turns": len(turns), "noise_answers": len(spoke), "noise_s": caller.now - began}


async def echo(
    address: Address, asking: Sequence[Recording], minutes: float, decibels: float, seed: int
) -> dict[str, float]:
    """Her own voice comes back into the microphone, all the time."""
    chance, spans, asked = random.Random(seed), list[Stretch](), 0
    async with calling(address, seed, echo=decibels) as caller:
        while caller.her.seconds_played < minutes * 60 and caller.now < minutes * 60 * 1.4 + 60:
            spoken = await _say(caller, asking[asked % len(asking)], chance)
            asked += 1
            first = await caller.hears(spoken.ends, PATIENCE)
            spans.append((spoken.starts, (first or caller.now) + SETTLES))
            await caller.lets_her_finish(spoken.ends)
        own = [at for at, _ in caller.heard_between(0.0, caller.now) if not _within(at, spans)]
        alone = [one for at, one in caller.signals if not _within(at, spans)]
        return {
            "self_hearing_turns": len(own),
            "self_hearing_stops": sum(isinstance(one, Hushed) for one in alone),
            "self_hearing_waits": sum(isinstance(one, Hold) and one.holding for one in alone),
            "self_hearing_ducks": sum(isinstance(one, Duck) and one.gain < 1 for one in alone),
            "self_hearing_min": caller.her.seconds_played / 60,
        }


def _within(at: float, spans: Sequence[Stretch]) -> bool:
    return any(start <= at <= end for start, end in spans)
