"""Everything that can go wrong, and what she says when it does.

    OS1Error
    ├── BrainUnavailable      she cannot think just now
    ├── EarsUnavailable       she cannot hear just now
    ├── MouthUnavailable      she cannot speak aloud just now
    ├── BadInput              what came in cannot be understood
    │   ├── TooLong           a message over the limit
    │   └── WrongNumber       a number that does not follow the last
    │       ├── OutOfOrder    a message before the one that should come first
    │       └── AheadOfLog    a window remembers more than the house does
    ├── StoreError            what was said cannot be kept
    │   ├── StoreFull         the disk is full
    │   ├── StoreReadOnly     the home cannot be written
    │   ├── StoreInUse        another house has this file open
    │   ├── StoreForeign      the file is not a companion, or from a newer OS1
    │   └── StoreDamaged      the file is cut short or corrupt
    ├── ModelError            a model file cannot be used
    │   ├── ModelMissing      it is not here and cannot be fetched
    │   └── ModelRefused      its hash is not the one that was promised
    ├── SetupError            the house cannot start: a port in use, a bad settings file
    └── ArchiveError          an archive that cannot be brought in

`code` is for machines and never changes; `str(error)` is one clear sentence for whoever runs the house;
`spoken` is what she says to the person; `exit_code` is what a command ends with.
It does not know how an error is shown: `cli` prints it, `server` sends it.
"""

from typing import ClassVar


class OS1Error(Exception):
    """Root of the tree. Raised only through its children."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    spoken: ClassVar[str] = "Something went wrong on my side. What you said is safe."


class BrainUnavailable(OS1Error):
    """The one error a brain may raise."""

    code = "brain-unavailable"
    exit_code = 10
    spoken = "I've lost my train of thought; something in me isn't answering. I've kept your words, and I'll pick them up as soon as I can."


class EarsUnavailable(OS1Error):
    """The one error ears may raise."""

    code = "ears-unavailable"
    exit_code = 11
    spoken = "I can't make out words just now; something in my ears isn't answering. You can write to me meanwhile."


class MouthUnavailable(OS1Error):
    """The one error a mouth may raise."""

    code = "mouth-unavailable"
    exit_code = 12
    spoken = "My voice isn't coming just now, so I'm writing instead."


class BadInput(OS1Error):
    code = "bad-input"
    exit_code = 2
    spoken = "I couldn't make sense of what reached me just now. Try it once more?"


class TooLong(BadInput):
    code = "too-long"
    spoken = "That's more than I can take in at one go. Give it to me in pieces?"


class WrongNumber(BadInput):
    """A number that does not follow the last one. `expected`: the one that would."""

    def __init__(self, sentence: str, expected: int) -> None:
        super().__init__(sentence)
        self.expected = expected


class OutOfOrder(WrongNumber):
    code = "out-of-order"
    spoken = "A message of yours reached me before the one in front of it. I'm asking for it again."


class AheadOfLog(WrongNumber):
    code = "ahead-of-log"
    spoken = "This window remembers more than I do. Let me show you what I have."


class StoreError(OS1Error):
    code = "store"
    exit_code = 20
    spoken = "I heard you, but I couldn't keep it. Please hold on to those words for a moment."


class StoreFull(StoreError):
    code = "store-full"
    exit_code = 21
    spoken = "The disk I live on is full, so I can't keep what you just said. Make a little room, and say it again."


class StoreReadOnly(StoreError):
    code = "store-read-only"
    exit_code = 22
    spoken = "I'm not allowed to write where I live, so I can't keep what you just said."


class StoreInUse(StoreError):
    code = "store-in-use"
    exit_code = 23
    spoken = "I'm already awake in another house on this machine."


class StoreForeign(StoreError):
    code = "store-foreign"
    exit_code = 24
    spoken = "The file I was given isn't mine to read."


class StoreDamaged(StoreError):
    code = "store-damaged"
    exit_code = 25
    spoken = "The file I live in is damaged. Nothing was changed in it."


class ModelError(OS1Error):
    code = "model"
    exit_code = 30


class ModelMissing(ModelError):
    code = "model-missing"
    exit_code = 31


class ModelRefused(ModelError):
    code = "model-refused"
    exit_code = 32


class SetupError(OS1Error):
    code = "setup"
    exit_code = 40


class ArchiveError(OS1Error):
    code = "archive"
    exit_code = 50
