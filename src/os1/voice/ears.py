"""Her own ears: Moonshine tiny, on this machine. English.

The sound is taken in whole (`Moonshine`: encoder), then words are found one piece at a time (`Decoding`). What the
beginning of the same sound was taken for before is checked in one go and kept as far as it still holds: most of the
words of a growing sentence are then free. It does not know when somebody speaks; noise becomes words that it is not
sure of.
"""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from os1.errors import EarsUnavailable, ModelError
from os1.voice.base import HEARD_RATE, Marks, Sound, Transcript
from os1.voice.onnx import Array, Session
from os1.voice.pieces import Pieces

SHORTEST = int(0.1 * HEARD_RATE)
"""Samples: no word is shorter, and the encoder cannot take much less."""
SILENT = 1e-3
"""Amplitude, -60 dB: no microphone hears a voice below it, and the model would make up a word."""
LONGEST = 12 * HEARD_RATE
"""Samples heard at once: what it takes grows with the square, and half a minute in one go takes 1.5 s."""
SOONEST = 6 * HEARD_RATE
"""Samples a part of longer sound has at least: words need those around them."""
KEPT = 8
"""Parts of long sound whose words are kept: a minute, which is more than anybody gives at once."""
PADDING = np.zeros(int(0.1 * HEARD_RATE), dtype=np.float32)
"""Silence after the sound, so that a last word that was cut short is finished; half a second of it costs words."""
PIECES_A_SECOND = 6.5
"""More than that nobody says; the model does, when it loops over noise."""
PIECES_MORE = 6
"""For the beginning, the end, and a short quick sentence."""
REPEATS = 4
"""As often as a person says the same in a row ("no, no, no, no"); the fifth time it is the model that loops."""
LONGEST_LOOP = 12
"""Pieces in what is repeated."""
BEGIN, END = 1, 2
"""The pieces that mean "now" and "that was all"."""
STRIDE = 384
"""Samples for each step that the encoder hands over: the decoder is told of samples, and takes every 384th."""
MADE_UP = ("you", "thank you for watching")
"""What the model makes of a cough, a hum or music, sometimes with great confidence; a person says it alone seldom."""
DOUBT = 0.5
"""How much of that confidence is left."""
HEADS, WIDTH = 8, 36
"""The decoder's shape."""


STOPS, COMMA = (".", "?", "!"), (",",)
"""What a person would write at the end of a sentence, and within one."""
ONWARD = [
    " and", " but", " because", " so", " that", " which", " who", " when", " if",
    " to", " of", " in", " for", " with", " at", " on", " from", " about",
]  # fmt: skip
"""The commonest words that carry on a sentence which could have ended."""


class Found(NamedTuple):
    piece: int
    log: float
    """The logarithm of its probability."""
    marks: Marks = Marks(0.0, 0.0, 0.0)
    """How likely these were in its place."""


class Heard(NamedTuple):
    """What one sound was found to be."""

    found: list[Found]
    marks: Marks | None = None
    """After the last word; None if it was not heard to its end."""


class Alphabet(NamedTuple):
    """The model's pieces, and which of them are marks, or words that carry on."""

    pieces: Pieces
    stops: list[int]
    commas: list[int]
    onward: list[int]

    @classmethod
    def of(cls, pieces: Pieces) -> "Alphabet":
        return cls(pieces, *(pieces.that_spell(texts) for texts in (STOPS, COMMA, ONWARD)))


class Moonshine:
    """27 ms for a second of speech, 74 for three, 120 for six, on one core; half of it when `earlier` holds."""

    name = "Moonshine tiny"

    def __init__(self, encoder: Path, decoder: Path, tokenizer: Path) -> None:
        self._files = (encoder, decoder, tokenizer)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ears")
        self._model: tuple[Session, Session, Alphabet] | None = None
        self._known: dict[bytes, Heard] = {}
        """What the finished parts of long sound were found to be, by the sound itself."""

    async def open(self) -> None:
        """Reads the files and hears half a second of a hum, so that the first words are as quick as all others.
        Raises EarsUnavailable."""
        hum = 0.1 * np.sin(np.arange(HEARD_RATE // 2) / 12)  # some 200 Hz
        await self.transcribe(hum.astype(np.float32))

    async def transcribe(self, sound: Sound, earlier: str = "") -> Transcript:
        let_go = threading.Event()
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, self._transcribe, sound, earlier, let_go)
        except RuntimeError as error:
            raise EarsUnavailable("The ears were put away.") from error
        finally:
            let_go.set()  # whoever waited may be gone: the thread is for the next one

    async def close(self) -> None:
        self._thread.shutdown(wait=False)  # what was asked is still answered: nobody is left waiting

    # --- in the thread ------------------------------------------------------------------------------------

    def _transcribe(self, sound: Sound, earlier: str, let_go: threading.Event) -> Transcript:
        try:
            self._model = self._model or _read(*self._files)
            pieces = self._model[2].pieces
            draft = pieces.of(earlier)
            heard: list[Heard] = []
            *whole, growing = parts(sound)
            for part in whole:
                key = part.tobytes()
                known = self._known.get(key) or self._hear(part, draft, let_go)
                if not let_go.is_set():
                    self._known[key] = known
                    self._known = dict(list(self._known.items())[-KEPT:])
                draft = beyond(draft, known.found)
                heard.append(known)
            heard.append(self._hear(growing, draft, let_go))
        except ModelError as error:
            raise EarsUnavailable(f"The ears cannot be used: {error}") from error
        found = [one for part in heard for one in part.found]
        text = pieces.text([one.piece for one in found])
        return transcript(text, [one.log for one in found])._replace(marks=after_all(heard))

    def _hear(self, part: Sound, draft: list[int], let_go: threading.Event) -> Heard:
        if self._model is None or not audible(part) or let_go.is_set():
            return Heard([])
        encoder, decoder, alphabet = self._model
        return Decoding(decoder, alphabet, _encode(encoder, part), most_pieces(len(part))).run(draft, let_go)


def beyond(draft: list[int], found: list[Found]) -> list[int]:
    """What is left of a draft after the part of the sound that its beginning was about; nothing if that came out
    otherwise."""
    pieces = [one.piece for one in found]
    return draft[len(pieces) :] if draft[: len(pieces)] == pieces else []


def after_all(heard: list[Heard]) -> Marks | None:
    """The marks after the last word of several parts; None if the last words were not heard to their end."""
    return next((part.marks for part in reversed(heard) if part.found), None)


def transcript(text: str, logs: list[float]) -> Transcript:
    """`logs`: the logarithm of each piece's probability."""
    words = "".join(letter for letter in text.lower() if letter.isalnum() or letter == " ").strip()
    if not words:
        return Transcript("", 0.0)  # notes of music, or nothing
    sure = float(np.exp(np.mean(logs)))
    return Transcript(text, sure * DOUBT if words in MADE_UP else sure)


def _read(encoder: Path, decoder: Path, tokenizer: Path) -> tuple[Session, Session, Alphabet]:
    pieces = Pieces.read(tokenizer)
    return Session(encoder), Session(decoder), Alphabet.of(pieces)


def _encode(encoder: Session, sound: Sound) -> Array:
    whole = np.concatenate([sound, PADDING])[np.newaxis]
    (heard,) = encoder.run({"input_values": whole, "attention_mask": np.ones(whole.shape, dtype=np.int64)})
    return heard


def audible(sound: Sound) -> bool:
    """Whether there can be a word in it."""
    return len(sound) >= SHORTEST and float(np.abs(sound).max()) >= SILENT


def most_pieces(samples: int) -> int:
    return int(samples / HEARD_RATE * PIECES_A_SECOND) + PIECES_MORE


def parts(sound: Sound) -> list[Sound]:
    """The sound in parts that are quickly heard, each cut where it is quietest. Sound that has grown since is cut at
    the same places as before."""
    found: list[Sound] = []
    while len(sound) > LONGEST:
        cut = SOONEST + quietest(sound[SOONEST:LONGEST])
        found.append(sound[:cut])
        sound = sound[cut:]
    return [*found, sound]


def quietest(sound: Sound) -> int:
    """The middle of its quietest 150 ms, as a sample: shorter gaps lie inside words."""
    step = HEARD_RATE // 20
    steps = sound[: len(sound) // step * step].reshape(-1, step)
    loudness = np.convolve(np.einsum("ij,ij->i", steps, steps), np.ones(3), "valid")
    return (int(loudness.argmin()) + 1) * step + step // 2


class Decoding:
    """One sound on its way into words: what the model has written, and its memory of that."""

    def __init__(self, decoder: Session, alphabet: Alphabet, heard: Array, most: int) -> None:
        self._decoder = decoder
        self._alphabet = alphabet
        self._heard = {
            "encoder_hidden_states": heard,
            "encoder_attention_mask": np.ones((1, heard.shape[1] * STRIDE), dtype=np.int64),
        }
        self._most = most
        self._memory: dict[str, Array] = {}
        self._outputs = [name.replace("past_key_values", "present") for name in _memories(decoder)]
        self._found: list[Found] = []

    def run(self, draft: list[int], let_go: threading.Event) -> Heard:
        """The pieces, without the end."""
        self._check(draft[: self._most])
        while self._found[-1].piece != END and len(self._found) < self._most and not let_go.is_set():
            self._found += best(self._step([self._found[-1].piece]), self._alphabet)
            if loop := loop_at_end([one.piece for one in self._found]):
                del self._found[-loop * REPEATS :]  # of what it said over and over, once is kept
                break
        return ended(self._found, self._alphabet)

    def _check(self, draft: list[int]) -> None:
        """The beginning of the draft that the model would write itself, and the piece it writes next."""
        choices = best(self._step([BEGIN, *draft]), self._alphabet)
        agreed = 0
        while agreed < len(draft) and choices[agreed].piece == draft[agreed]:
            agreed += 1
        self._found = choices[: agreed + 1]
        for name, kept in self._memory.items():
            if ".decoder." in name:
                self._memory[name] = kept[:, :, : agreed + 1]

    def _step(self, pieces: list[int]) -> Array:
        """Reads these pieces after those before; what could follow each of them."""
        again = bool(self._memory)
        nothing = np.zeros((1, HEADS, 0, WIDTH), dtype=np.float32)
        inputs = {
            **self._heard,
            "input_ids": np.array([pieces], dtype=np.int64),
            "use_cache_branch": np.array([again]),
            **(self._memory or dict.fromkeys(_memories(self._decoder), nothing)),
        }
        logits, *memory = self._decoder.run(inputs, ["logits", *self._outputs])
        for name, new in zip(_memories(self._decoder), memory, strict=True):
            if not again or ".decoder." in name:  # what it heard does not change
                self._memory[name] = new
        return logits[0]


def _memories(decoder: Session) -> list[str]:
    return [name for name in decoder.inputs if name.startswith("past_key_values")]


def best(logits: NDArray[np.float32], alphabet: Alphabet) -> list[Found]:
    """The likeliest piece of each row, and how likely it, the marks and what carries on are there."""
    chosen = logits.argmax(axis=-1)
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    whole = shares.sum(axis=-1)
    marks = [shares[:, numbers].sum(axis=-1) / whole for numbers in alphabet[1:]]
    rows = zip(chosen, -np.log(whole), *marks, strict=True)
    return [Found(int(piece), float(log), Marks(*map(float, marks))) for piece, log, *marks in rows]


def ended(found: list[Found], alphabet: Alphabet) -> Heard:
    """Without the sign that it ends. The marks stand where the last word's own mark was chosen, or else where the end
    was."""
    words = [one for one in found if one.piece != END]
    marked = alphabet.pieces.text([one.piece for one in words])[-1:] in {*STOPS, *COMMA}
    if not words or len(words) == len(found):
        return Heard(words)
    return Heard(words, words[-1].marks if marked else found[-1].marks)


def loop_at_end(pieces: list[int]) -> int:
    """How many pieces long it is, what these end with more often in a row than anybody says it; 0 if nothing."""
    for length in range(1, LONGEST_LOOP + 1):
        end = pieces[-length:]
        times = REPEATS + 1
        if len(pieces) >= length * times and pieces[-length * times :] == end * times:
            return length
    return 0
