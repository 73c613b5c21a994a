"""The embedded engine's own process: one model, asked a line at a time.

Run as `python -m os1.brain.engine MODEL CONTEXT THREADS`. Every line on stdin asks for something, in JSON:
`{"id": 1, "do": "think", "messages": [["user", "Hello"]], "most": 160}`; `do` may also be `read` (the messages up to
their last word, so that thinking starts sooner), `note` (a thought under a `grammar`, apart from what was read: it gives
way to everything else, at once, and is begun again afterwards), `keep` and `take up` (what was read, on disk, in `file`),
`forget`, or `stop`, with the `id` of what is no longer needed. Every line on stdout answers: `{"id": 1, "words": "Hi"}`,
and at last
`{"id": 1, "end": "", "took": 0.2}`: what went wrong, if anything, and the seconds until the first word was found. The
first line, `{}`, says that the model is loaded.
When stdin ends, so does this process: a killed house leaves nothing running. It opens no port, and does not know what
the words are for.
"""

import codecs
import ctypes
import json
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from os1.brain.base import Message
from os1.brain.form import Form
from os1.brain.llama import Llama
from os1.brain.sampling import choose
from os1.errors import ModelRefused

LAST_WORD = "\u2063"
"""Stands behind the last word while messages are put into the model's form: an invisible separator, which nobody writes."""
NOTES = 1536
"""Tokens of a note, its question and its answer: 100 MB, taken at the first one."""
NOTES_AT_ONCE = 32
"""Tokens of a note read in one go: 0.3 s on two cores, the longest that a thought waits for a note to stop."""
PR_SET_PDEATHSIG = 1
"""Of prctl(2): the signal this process gets when the thread that started it ends."""

Asked = Mapping[str, Any]


class Engine:
    """Use: `do`, one thing after the other. What goes wrong is told, and never raised."""

    def __init__(self, model: Llama, tell: Callable[[dict[str, Any]], None]) -> None:
        self._model = model
        self._form = Form(model.template, model.marks, model.first, model.last)
        self._aside: Llama | None = None
        """Where notes are read: the conversation stays as it is."""
        self._tell = tell
        self._dice = np.random.default_rng()

    def do(self, asked: Asked, stopped: Callable[[], bool], wanted: Callable[[], bool]) -> bool:
        """One thing, to its end, or until it is stopped. False for a note that gave way, since something else is wanted."""
        trouble, self._began, self._took = "", monotonic(), 0.0
        try:
            if not stopped():
                if asked["do"] == "note":
                    if not self._note(asked, lambda: stopped() or wanted()) and not stopped():
                        return False
                else:
                    self._do(asked, stopped)
        except ModelRefused as error:
            trouble = str(error)
        self._tell({"id": asked["id"], "end": trouble, "took": self._took})
        return True

    def _do(self, asked: Asked, stopped: Callable[[], bool]) -> None:
        match asked["do"]:
            case "think":
                self._think(asked["id"], _messages(asked), asked["most"], stopped)
            case "read":
                self._read_ahead(_messages(asked), stopped)
            case "keep":
                self._keep(Path(asked["file"]))
            case "take up":
                self._take_up(Path(asked["file"]))
            case "forget":
                self._model.forget()
                if self._aside:
                    self._aside.forget()
            case other:
                raise ModelRefused(f"There is no {other} here.")

    def _think(self, id_: int, messages: Sequence[Message], most: int, stopped: Callable[[], bool]) -> None:
        model, spelt = self._model, codecs.getincrementaldecoder("utf-8")(errors="replace")
        if not model.read(model.tokens(self._form(messages)), stopped, to_answer=True):
            return
        for _ in range(most):
            token = choose(model.logits(), model.read_so_far, self._dice)
            if model.ends(token):
                break
            if words := spelt.decode(model.piece(token)):
                if words.strip():
                    self._took = self._took or monotonic() - self._began
                self._tell({"id": id_, "words": words})
            if stopped() or not model.add(token):
                break

    def _note(self, asked: Asked, stopped: Callable[[], bool]) -> bool:
        """The likeliest words that the grammar allows, told as a whole: what gave way is begun again. False if it was stopped."""
        aside = self._aside = self._aside or self._model.beside(NOTES, NOTES_AT_ONCE)
        with closing(aside.grammar(asked["grammar"])) as grammar:
            if not aside.read(aside.tokens(self._form(_messages(asked))), stopped, to_answer=True):
                return False
            spelt = b""
            for _ in range(asked["most"]):
                token = grammar.choose(aside.logits())
                if token is None or aside.ends(token):
                    break
                spelt += aside.piece(token)
                grammar.add(token)
                if stopped() or not aside.add(token):
                    break
        if stopped():
            return False
        self._tell({"id": asked["id"], "words": spelt.decode(errors="replace")})
        return True

    def _read_ahead(self, messages: Sequence[Message], stopped: Callable[[], bool]) -> None:
        """Up to the last word, and not what closes a turn in the model's form: while words are still being added, that
        would be read anew with each of them, and costs more than they do."""
        *before, last = messages
        form = self._form([*before, last._replace(text=last.text + LAST_WORD)])
        until, found, _ = form.rpartition(LAST_WORD)
        self._model.read(self._model.tokens(until if found else form), stopped, to_answer=False)

    def _keep(self, file: Path) -> None:
        """A file is whole or not there. A miss costs seconds of reading, never a word."""
        new = file.with_suffix(".new")
        with suppress(OSError):
            self._model.keep(new)
            new.replace(file)

    def _take_up(self, file: Path) -> None:
        with suppress(OSError):
            if file.exists() and not self._model.take_up(file):
                file.unlink()


def _messages(asked: Asked) -> list[Message]:
    return [Message(role, text) for role, text in asked["messages"]]


class Desk:
    """What is asked, in order, and what is no longer needed. Its own thread reads, so that a stop is known at once."""

    def __init__(self) -> None:
        self._asked: deque[Asked] = deque()
        self._notes: deque[Asked] = deque()
        self._something = threading.Condition()
        self._needless: set[int] = set()
        threading.Thread(target=self._listen, name="listen to the house", daemon=True).start()

    def next(self) -> Asked:
        with self._something:
            self._something.wait_for(lambda: self._asked or self._notes)
            asked = (self._asked or self._notes).popleft()
        self._now = asked["id"]
        return asked

    def later(self, note: Asked) -> None:
        """It gave way: it is the next thing when nothing else is."""
        self._notes.appendleft(note)

    def wanted(self) -> bool:
        """Whether something waits that is no note."""
        return bool(self._asked)

    def stopped(self) -> bool:
        return self._now in self._needless

    def _listen(self) -> None:
        for line in sys.stdin:
            asked = json.loads(line)
            if asked["do"] == "stop":
                self._needless.add(asked["id"])
            else:
                with self._something:
                    (self._notes if asked["do"] == "note" else self._asked).append(asked)
                    self._something.notify()
        os._exit(0)  # the house is gone; what was read was kept on request: nothing to tidy up


def end_with_the_house() -> None:
    """Even while this process is held and cannot see that stdin has ended: on Linux the kernel can be asked to see to it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> None:
    end_with_the_house()
    model, context, threads = sys.argv[1:]
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)  # what the library prints is no answer

    def tell(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=out, flush=True)

    desk = Desk()  # before the model is loaded: the house may be killed in that second
    engine = Engine(Llama(Path(model), int(context), int(threads)), tell)
    tell({})
    while True:
        asked = desk.next()
        if not engine.do(asked, desk.stopped, desk.wanted):
            desk.later(asked)


if __name__ == "__main__":
    main()
