"""Messages in the form that a model was taught to read them in: its own chat template, which its file carries.

The template is a stranger's program: it runs in a sandbox. What people say cannot pretend to be part of the form: the
marks that begin and end a turn are broken up where they stand in a message. It does not know tokens.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from jinja2 import TemplateError
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from os1.brain.base import Message
from os1.errors import ModelRefused

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{{ '<|im_start|>assistant\n' }}"
)
"""The commonest form, for a file that carries none."""
BREAK = "\u2060"
"""A word joiner: nothing is seen of it, and what it stands in is no mark any more."""

FAULTS = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError)
"""What a template may do wrong."""


class Form:
    """`marks`: the spellings of the model's control tokens. Raises ModelRefused for a template that is none."""

    def __init__(self, template: str, marks: Iterable[str], first: str = "", last: str = "") -> None:
        """`first`, `last`: how the model spells the beginning and the end of a text; some templates ask for them."""
        rooms = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
        rooms.globals["raise_exception"] = _refuse  # pyright: ignore[reportArgumentType]
        spelt = sorted((re.escape(mark) for mark in marks if len(mark) > 1), key=len, reverse=True)
        self._marks = re.compile("|".join(spelt)) if spelt else None
        self._whole = {"bos_token": first, "eos_token": last, "add_generation_prompt": True}
        try:
            self._template = rooms.from_string(template or CHATML)
        except TemplateError as error:
            raise ModelRefused(f"The model's chat template cannot be read: {error}") from error

    def __call__(self, messages: Sequence[Message]) -> str:
        """As one text, up to where her answer begins. Raises ModelRefused."""
        said = [Message(role, self._harmless(text)) for role, text in messages]
        for way in (said, _without_system(said)):
            with suppress(*FAULTS):
                turns = [{"role": role, "content": text} for role, text in way]
                return self._template.render(messages=turns, **self._whole)
        raise ModelRefused("The model's chat template cannot put a conversation into words.")

    def _harmless(self, text: str) -> str:
        return self._marks.sub(lambda mark: mark[0][0] + BREAK + mark[0][1:], text) if self._marks else text


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """For models that know only two speakers: who she is stands before the first words said to her."""
    if len(messages) > 1 and messages[0].role == "system":
        first, second, *rest = messages
        return [Message(second.role, f"{first.text}\n\n{second.text}"), *rest]
    return list(messages)


def _refuse(why: str) -> None:
    raise TemplateError(why)
