"""What of a brain's words she would really say. A stream of pieces in, a stream of words out, as soon as they are hers.

Small brains speak like a help desk and do not know when to stop. She speaks: one paragraph, no name tag in front, and
none of the sentences that are said across a counter. A sentence is held back only for as long as it could still
become one of those, so the first word comes as soon as it would without this.

Pure. It does not know what was asked, and does not judge what is true.
"""

import re

COUNTER = (
    "how can i help",
    "how can i assist",
    "how may i help",
    "how may i assist",
    "what can i help you with",
    "what can i do for you",
    "is there anything else",
    "is there anything specific",
    "is there something else",
    "is there anything i can",
    "let me know if",
    "please let me know",
    "feel free to",
    "if you have any other questions",
    "if you have any questions",
    "if you need anything else",
    "if you need any help",
    "if you need any assistance",
    "i'm here to help",
    "i am here to help",
    "i'm here to assist",
    "i'm always here to help",
    "i'm always ready to help",
    "don't hesitate to",
    "do not hesitate to",
    "as an ai language model",
    "as a language model",
)
"""How such sentences begin. Plain lower case, straight apostrophes."""
SENTENCES = 5
"""At most: what can be said in one breath or two. A story is told in turns."""
END = re.compile(r"[.!?…][\"”’)*]*(?=\s)")
"""Where a sentence ends: the space after it belongs to the next, and is dropped with it."""


class Tongue:
    """One answer of hers. `take` each piece; stop when `done`; `rest` gives what was still held at the end."""

    def __init__(self, name: str) -> None:
        names = (name.lower(), "assistant")
        self._tags = tuple(f"{stars}{who}{stars}:" for who in names for stars in ("", "**"))
        self._held = ""
        self._sentence = ""
        """What was said of the present sentence: once it is begun, the rest of it follows."""
        self._sentences = 0
        self._dropped = ""
        self._begun = False
        self.done = False

    def take(self, piece: str) -> str:
        """The words that can be said now, perhaps none."""
        self._held += piece
        if not self._begun and not self._untag():
            return ""
        return self._flow()

    def rest(self) -> str:
        """What was held when the brain came to its end. If that leaves nothing at all, the first held-back sentence after all."""
        words = "" if self.done else self._flow() + self._finish()
        return words if self._begun else self._dropped.strip()

    def _untag(self) -> bool:
        """Take a name tag off the front. False while it may still be one."""
        self._held = self._held.lstrip()
        start = self._held.lower()
        for tag in self._tags:
            if start.startswith(tag):
                self._held = self._held[len(tag) :].lstrip()
                return bool(self._held)
        return bool(start) and not any(tag.startswith(start) for tag in self._tags)

    def _flow(self) -> str:
        """Whole sentences that are hers, then as much of the next as can no longer become one that is not."""
        words = ""
        while not self.done and (end := END.search(self._sentence + self._held)):
            words += self._close(end.end() - len(self._sentence))
        if "\n\n" in self._held and self._begun:
            self.done = True
        if not self.done and (self._sentence or not _may_be_counter(self._held)):
            words += self._say(self._held)
            self._held = ""
        return words

    def _close(self, end: int) -> str:
        """The present sentence up to its end, or nothing if it is one of those."""
        part, self._held = self._held[:end], self._held[end:]
        words = ""
        if self._sentence or not plain(part).startswith(COUNTER):
            words = self._say(part)
            self._sentences += 1
        else:
            self._dropped = self._dropped or part
        self._sentence = ""
        self.done = self._sentences >= SENTENCES or (self._begun and self._held.startswith("\n\n"))
        return words

    def _finish(self) -> str:
        return "" if self.done else self._close(len(self._held)).rstrip()

    def _say(self, words: str) -> str:
        if not self._begun:
            words = words.lstrip()
        self._begun = self._begun or bool(words)
        self._sentence += words
        return words


def _may_be_counter(held: str) -> bool:
    """Whether a sentence that is on its way could still be one of those: also while it is only the space before one."""
    start = plain(held)
    return any(phrase.startswith(start) or start.startswith(phrase) for phrase in COUNTER)


def plain(words: str) -> str:
    return words.lower().replace("’", "'").lstrip(" \n\"“'*-")
