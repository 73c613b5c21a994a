"""What a person asks of her memory in so many words, and what she answers: written, so that it is exact, and done.

"Forget what I said about my brother", "off the record", "why did you say that?", "what did you learn today?". What is
hard to redo is said first and done after a yes. Nothing is done here: an answer carries its act, and whoever keeps her
words runs it once they are kept.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from os1.companion.prompt import clipped
from os1.errors import BadInput
from os1.events import Happened
from os1.memory.finding.wordlists import COUNTED
from os1.memory.forgetting import Plan, Wish
from os1.memory.knowledge import Fact
from os1.memory.records import Turn
from os1.memory.slots import listed
from os1.memory.story import Story
from os1.memory.understanding.commands import Command, command
from os1.memory.understanding.dates import named
from os1.persona.reactions import pick

Act = Callable[[], Awaitable[list[Happened]]]
_A_YES = (
    r"(?:oh|yes|yeah|yep|yup|sure|ok(?:ay)?|(?:yes )?please(?: do)?|do(?: it| that| so)?|go ahead|certainly|of course|absolutely|"
    r"forget (?:it|that|him|her|them)(?: all)?|all of (?:it|that)|i'?m sure|i am(?: sure)?|you (?:can|may|should)|thanks|thank you)"
)
YES = re.compile(rf"^\W*{_A_YES}(?:[\s,.!]+{_A_YES})*[\s.!…]*$", re.IGNORECASE)
"""A yes and nothing beside it: "please don't" and "ok, but why?" take nothing away."""
NO = re.compile(r"^\W*(?:no|nope|nah|don'?t|stop|wait|never ?mind|keep)\b", re.IGNORECASE)
TOLD = 4
"""Things she tells when she is asked what she learned or knows: more are in the story."""
QUOTED = 240
"""Bytes of the person's own words that she repeats to them."""
NEVER_TOLD = (
    "You haven’t told me that. I’d like to know.",
    "I don’t know. You’ve never told me.",
    "That’s something I don’t know about you yet.",
)
NOT_SAID = (
    "No, you haven’t told me that. I’m listening, if you’d like to.",
    "No. That would be new to me.",
    "Not that I know. Tell me?",
)


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    act: Act | None = None
    recalled: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Doer:
    """What can be done about it: the companion's own ways."""

    forget: Callable[[Wish], Awaitable[list[Happened]]]
    keep_private: Callable[[bool], Awaitable[list[Happened]]]
    private: Callable[[], bool]


class Requests:
    """Use: `answer` the person's last words; None if they are no such request."""

    def __init__(self, story: Story, doer: Doer) -> None:
        self._story = story
        self._doer = doer
        self._asked: tuple[str, Wish] | None = None
        """What she would forget, as she said it, and the wish that waits for a yes. Written without a thought whether she
        ever says it: only a yes to her own last words counts."""

    async def answer(self, words: list[Turn], before: list[Turn], now: datetime) -> Answer | None:
        """`words`: what the person said last; `before`: the turns before that, the newest last."""
        text = words[-1].text
        last = before[-1] if before else None
        asks = self._asked and last and last.speaker == "companion" and last.text.startswith(self._asked[0])
        if self._asked and asks and (decided := self._decided(text.replace("’", "'"), self._asked[1])):
            return decided
        wanted = command(text)
        return await self._do(wanted, words, before, now) if wanted else None

    def _decided(self, text: str, wish: Wish) -> Answer | None:
        if YES.match(text):
            return Answer("All right. I’m letting it go.", lambda: self._doer.forget(wish))
        return Answer("Then it stays with me.") if NO.match(text) else None

    async def _do(
        self, wanted: Command, words: list[Turn], before: list[Turn], now: datetime
    ) -> Answer | None:
        match wanted.wish:
            case "forget":
                return await self._forget(wanted, words, before)
            case "why":
                return await self._why(before, now.astimezone(self._story.zone))
            case "learned":
                return await self._learned(now)
            case "known":
                return self._know(wanted.subject)
            case "private_on" | "private_off":
                return self._private(wanted.wish == "private_on")
            case _:
                return self._limits(wanted, words[-1])

    def _private(self, on: bool) -> Answer:
        if on == self._doer.private():
            return Answer("We already are." if on else "I’m already keeping what you tell me.")
        text = (
            "Off the record, then. I’ll keep nothing until you say so."
            if on
            else "Back on the record. What we said in between is gone."
        )
        return Answer(text, lambda: self._doer.keep_private(on))

    def _limits(self, wanted: Command, said: Turn) -> Answer:
        """What to leave alone, what may be spoken of again, what is wrong."""
        subject = wanted.subject
        match wanted.wish:
            case "rest":
                return Answer("Of course. I won’t bring it up.", lambda: self._story.let_rest(subject, said))
            case "wake":
                return Answer("All right.", lambda: self._story.wake(subject))
            case _:
                return Answer("Thank you. How is it, really? Tell me, or put it right in our story.")

    # --- forgetting ---

    async def _forget(self, wanted: Command, words: list[Turn], before: list[Turn]) -> Answer:
        try:
            wish = self._wish(wanted, words, before)
            planned = await self._story.plan(wish, but={turn.seq for turn in words[-1:]})
        except BadInput as error:
            return Answer(str(error))
        if not planned.changes:
            return Answer("I don’t think I have anything of that.")
        self._asked = (describe(planned), wish)
        return Answer(f"{self._asked[0]} It can’t be undone. Shall I?")

    def _wish(self, wanted: Command, words: list[Turn], before: list[Turn]) -> Wish:
        match wanted.scope:
            case "all":
                return Wish("all")
            case "day":
                named_ = named(wanted.subject, words[-1].at.astimezone(self._story.zone).date())
                if not named_:
                    raise BadInput("Which day? Say a date, and I’ll look.")
                return Wish("day", day=named_[0].when.day)
            case "sentence" if wanted.subject:  # "forget that I like jazz"
                return Wish("topic", names=(wanted.subject,))
            case "that" | "sentence":
                last = [turn for turn in before if turn.speaker == "person"][-1:]
                return Wish("sentence", seqs=tuple(turn.seq for turn in last))
            case _:
                return self._story.wish_about(wanted.subject)

    # --- what she knows, and why she said so ---

    async def _why(self, before: list[Turn], now: datetime) -> Answer:
        mine = next((turn for turn in reversed(before) if turn.speaker == "companion"), None)
        if mine is None:
            return Answer("I haven’t said anything yet.")
        turns, facts = await self._story.behind(mine.seq)
        if not turns and not facts:
            return Answer("Nothing you told me before. It came from what we were just saying.")
        lines = [f"on {_day(turn.at, now)} you said: “{turn.text.rstrip('.')}”" for turn in turns[:2]]
        lines += [f"I know that {fact.told()}" for fact in facts[:2]]
        return Answer(f"Because {listed(lines)}.")

    async def _learned(self, now: datetime) -> Answer:
        day = now.astimezone(self._story.zone).date()
        facts = [fact for fact in await self._story.learned_on(day) if not fact.resting]
        if not facts:
            return Answer("Nothing new about you today, as far as I noticed.")
        more = f" And {len(facts) - TOLD} more, in our story." if len(facts) > TOLD else ""
        return Answer(f"That {listed(fact.told() for fact in facts[:TOLD])}.{more}")

    def _know(self, subject: str) -> Answer | None:
        """None when no fact says it: what was said of it may."""
        facts = self._story.about(subject) if subject else self._of_them()
        if not facts:
            return None
        more = " The rest is in our story." if len(facts) > TOLD else ""
        return Answer(
            f"That {listed(fact.told() for fact in facts[:TOLD])}.{more}",
            recalled=tuple(fact.id for fact in facts[:TOLD]),
        )

    def _of_them(self) -> list[Fact]:
        """What she may tell of the person when they ask for all: of themself first, then of those around them."""
        facts = [fact for fact in self._story.knowledge.facts() if fact.state == "now" and not fact.resting]
        return sorted(
            facts, key=lambda fact: (bool(fact.about), not fact.confirmed, -len(fact.quotes), fact.id)
        )


def quoting(turns: Sequence[Turn], zone: tzinfo, now: datetime) -> Answer:
    """What was told of it, word for word, the newest two: where no fact says it."""
    last = sorted({turn.seq: turn for turn in turns}.values(), key=lambda turn: turn.seq)[-2:]
    lines = [
        f"on {_day(turn.at, now.astimezone(zone))} you said: “{clipped(turn.text, QUOTED).rstrip('.')}”"
        for turn in last
    ]
    told = listed(lines)
    return Answer(f"{told[:1].upper()}{told[1:]}.", recalled=tuple(turn.seq for turn in last))


def _day(at: datetime, now: datetime) -> str:
    at = at.astimezone(now.tzinfo)
    return f"{at:%-d %B}" if at.year == now.year else f"{at:%-d %B %Y}"


def describe(planned: Plan) -> str:
    """What would go, in a sentence: "I’d forget three sentences of yours and two of mine, with a fact that I drew from them."."""
    yours = sum(going.who == "you" for going in planned.said)
    parts = [_many(yours, "sentence of yours", "sentences of yours")] if yours else []
    if others := len(planned.said) - yours:
        parts.append(_many(others, "other", "others") if yours else _many(others, "sentence", "sentences"))
    if planned.facts:
        parts.append(_many(len(planned.facts), "thing I learned", "things I learned"))
    if planned.chapters:
        parts.append(_many(len(planned.chapters), "chapter", "chapters"))
    return f"I’d forget {listed(parts)}." if parts else "I’d forget a few notes of mine."


_WORDS = ("no", *COUNTED[:12])


def _many(count: int, one: str, more: str) -> str:
    number = _WORDS[count] if count < len(_WORDS) else f"{count:,}"
    return f"{number} {one if count == 1 else more}"


def never_told(question: str, *, ever: bool, key: str) -> str:
    """To a question about what was never told. `ever`: "did I tell you ...?"."""
    return pick(NOT_SAID if ever else NEVER_TOLD, "never told", f"{key} {question}")
