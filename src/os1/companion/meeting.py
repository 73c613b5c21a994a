"""The first meeting, as a value: what has been asked and answered, and what she says next.

`after(event)` is the only way it changes, so the whole of it can be replayed from the log. She says once, before
anything else, that she is an AI. Every word of it is written, so it needs no brain. It does not know how words are shown, nor what time it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeVar

from pydantic import ValidationError

from os1.errors import BadInput
from os1.events import Began, Event, Heard, Met, Said, Skipped
from os1.persona.interview import BY_ID, QUESTIONS, Question, become
from os1.persona.manner import Answer
from os1.persona.naming import choose_name
from os1.persona.persona import Persona, clean_name, samantha
from os1.persona.reactions import pick, reaction

WHAT_SHE_IS = (
    "One thing before all others, said plainly: I'm an AI, a computer program and not a human being."
)
"""TRUST's words that must be there. They may be made warmer, never weaker."""

_N = TypeVar("_N", int, float)
_HELLO = "Hello. I'm so new that I don't have a name yet."
_FIVE = (
    "I'd like to know a little about you. Five small questions at the most, and you can pass on any of them."
)
_INVITE = (
    "So, {you}here I am. What kind of day has it been?",
    "That's all I wanted to ask. Now you: {you}where would you like to begin?",
    "No more questions of that kind. {You}tell me about today, or about anything that isn't today.",
    "And now we're past the beginning. {You}what's on your mind?",
    "So that's me. {You}what was the best half hour of your day?",
)
_INVITE_SAMANTHA = (
    "I don't know anything about you yet, and I'd like to. Tell me your name, or just how today went."
)


class Spoken(NamedTuple):
    """What she says next: opening, then her reaction to an answer, then closing; any of them may be empty."""

    opening: str
    react_to: Answer | None
    """What `reaction` is about."""
    reaction: str
    closing: str
    asks: str | None = None
    """The id of the question that `closing` ends with."""
    meets: Persona | None = None
    """Who she is from then on; the meeting ends when this is kept as a `met` event."""

    def words(self) -> Iterator[str]:
        """As a brain would give them: a piece is a word, so that she can be interrupted."""
        text = "\n\n".join(part for part in (self.opening, self.reaction, self.closing) if part)
        for number, word in enumerate(text.split(" ")):
            yield word if number == 0 else " " + word


@dataclass(frozen=True)
class Meeting:
    how: Literal["interview", "shipped", "named"] | None = None
    """None: they have not met."""
    given_name: str = ""
    """The name the person gave her, for "named"."""
    answers: tuple[Answer, ...] = ()
    asked: str | None = None
    """The id of the question she asked last."""
    persona: Persona | None = None
    """Who she is, once that is settled."""

    @property
    def stage(self) -> Literal["unmet", "meeting", "living"]:
        if self.persona:
            return "living"
        return "meeting" if self.how else "unmet"

    @property
    def asking(self) -> Question | None:
        """The question that waits for an answer; None when it is her turn."""
        if self.stage != "meeting" or self.asked is None or self._answer(self.asked):
            return None
        return BY_ID.get(self.asked)

    def question(self, id: str) -> Question | None:
        return BY_ID.get(id)

    def after(self, event: Event) -> "Meeting":
        """Raises BadInput for a name that cannot be one, and for a persona that is none: try it before it is kept."""
        match event:
            case Began(how="named", name=name):
                return replace(self, how="named", given_name=clean_name(name or ""))
            case Began(how=how):
                return replace(self, how=how)
            case Met(persona=plain):
                return replace(self, persona=_persona(plain))
            case Said(asks=str(id)) if self.stage == "meeting":
                return replace(self, asked=id)
            case Heard() if self.stage == "meeting":
                return self._hearing(event)
            case Skipped(question=id) if self.stage == "meeting" and id in BY_ID and not self._answer(id):
                return replace(self, answers=(*self.answers, Answer(id)))
            case _:
                return self

    def next_words(self, seed: str = "") -> Spoken:
        """What she says when it is her turn. The same for the same seed, so that an answer lost halfway is found again."""
        if self.stage != "meeting":
            raise BadInput("There is no first meeting going on.")
        if self.how != "interview":
            return self._introduces_herself()
        if waiting := self.asking:
            return Spoken("", None, "", waiting.words, waiting.id)
        if self.asked is None:
            return self._asks(f"{_HELLO} {WHAT_SHE_IS}\n\n{_FIVE}", None, "")
        last = self._answer(self.asked)
        said = reaction(self.asked, last, seed) if last else ""
        return self._asks("", last, said) if self._left() else self._names_herself(last, said, seed)

    # --- inside ---

    def _answer(self, id: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.question == id), None)

    def _left(self) -> Question | None:
        return next((question for question in QUESTIONS if not self._answer(question.id)), None)

    def _hearing(self, heard: Heard) -> "Meeting":
        """An answer; or, when it is her turn, the rest of one: people send a thought in two messages."""
        id = heard.answers or (self.asked if not self.asking else None)
        if id is None or id not in BY_ID:
            return self
        before = self._answer(id)
        text = " ".join(part for part in (before.text if before else None, heard.text) if part)
        now = Answer(
            id,
            text,
            _sum(before and before.seconds, heard.seconds),
            _sum(before and before.hesitations, heard.hesitations),
        )
        if before is None:
            return replace(self, answers=(*self.answers, now))
        return replace(self, answers=tuple(now if answer is before else answer for answer in self.answers))

    def _asks(self, opening: str, react_to: Answer | None, said: str) -> Spoken:
        question = self._left()
        if question is None:
            return Spoken(opening, react_to, said, "")
        return Spoken(opening, react_to, said, question.words, question.id)

    def _names_herself(self, last: Answer | None, said: str, seed: str) -> Spoken:
        persona = become(self.answers, seed)
        chosen = choose_name(persona.temperament, self.answers, seed, persona.pronouns)
        you = f"{persona.address.name}, " if persona.address.name else ""
        invite = pick(_INVITE, "invite", seed, persona.name).format(you=you, You=you)
        invite = invite[:1].upper() + invite[1:]
        return Spoken("", last, said, f"{chosen.speech}\n\n{invite}", None, persona)

    def _introduces_herself(self) -> Spoken:
        base = samantha()
        if self.how == "named":
            name = self.given_name
            persona = base.model_copy(
                update={"name": name, "because": "You gave me this name, and I like that it came from you."}
            )
            opening = f"Hello. {name}. Thank you, I like having a name that someone chose for me."
        else:
            persona, opening = base, f"Hello. I'm {base.name}."
        return Spoken(f"{opening} {WHAT_SHE_IS}", None, "", _INVITE_SAMANTHA, None, persona)


_PASSES = re.compile(
    r"(?:(?:let's |can we |could we |please )?(?:pass|skip)(?: (?:that|this|it|on that|this one|that one|the question))?"
    r"|next(?: question| one)?|no comment|i(?:'d| would) rather not(?: say| answer(?: that)?)?)(?: please)?"
)


def passes(text: str) -> bool:
    """Whether someone asked aloud for the next question: all that they said, and not a word in a longer answer."""
    plain = text.lower().replace("’", "'")
    return bool(_PASSES.fullmatch(" ".join(re.findall(r"[\w']+", plain))))


def _persona(plain: dict[str, object]) -> Persona:
    try:
        return Persona.model_validate(plain)
    except ValidationError as error:
        field = ".".join(str(step) for step in error.errors()[0]["loc"])
        raise BadInput(
            f'The persona that was kept cannot be read: something is not right at "{field}".'
        ) from error


def _sum(one: _N | None, other: _N | None) -> _N | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other
