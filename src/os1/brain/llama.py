"""One language model and what it has read, by ik_llama.cpp: llama.cpp's sibling for machines without a GPU.

Why this one: on two cores it reads twice as fast as llama.cpp does (the last words of a turn in 90 ms for 190) and
finds a word in 37 ms for 43, from the same file; docs/log.md has the comparison. Its package's own interface cannot
keep what was read, so this speaks to the library through the package's declarations, which is why the package's
version is pinned. It does not know messages, nor which token is wanted next.
"""

# The package comes without types, and nothing of it leaves this module.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportPrivateUsage=false, reportUnknownParameterType=false

import copy
import ctypes
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from ik_llama_cpp import _ctypes_api as lib
from numpy.typing import NDArray

from os1.brain.cache import reuse
from os1.brain.grammar import Grammar
from os1.errors import ModelRefused

AT_ONCE = 64
"""Tokens read in one go, 0.6 s on two cores; between two goes it is asked whether anybody still needs them. Twice as many
would be read a tenth faster. (The library could be stopped within one; what it has read is then out of order.)"""
LONGEST_TEXT = 65_536
"""Bytes of a text in the model's file: the longest chat templates have 20,000."""
LONGEST_PIECE = 256
"""Bytes of one token's spelling."""
ONE = 0
"""The one sequence in the cache: one companion, one train of thought."""


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """What the library has and its package does not declare."""
    function = getattr(lib._lib, name)
    function.restype, function.argtypes = result, arguments
    return function


_pointer, _int = ctypes.c_void_p, ctypes.c_int32
_forget = _function("llama_kv_cache_seq_rm", ctypes.c_bool, _pointer, _int, _int, _int)
_move = _function("llama_kv_cache_seq_add", None, _pointer, _int, _int, _int, _int)
_is_mark = _function("llama_token_is_control", ctypes.c_bool, _pointer, _int)
_begins_with = _function("llama_add_bos_token", _int, _pointer)
_tokens = ctypes.POINTER(_int)
_size = ctypes.c_size_t
_save = _function("llama_state_seq_save_file", _size, _pointer, ctypes.c_char_p, _int, _tokens, _size)
_load = _function(
    "llama_state_seq_load_file",
    _size, _pointer, ctypes.c_char_p, _int, _tokens, _size, ctypes.POINTER(_size),
)  # fmt: skip
_fact = _function("llama_model_meta_val_str", _int, _pointer, ctypes.c_char_p, ctypes.c_char_p, _size)


class Llama:
    """Not for several threads at once."""

    def __init__(self, model: Path, context: int, threads: int) -> None:
        """Loads the file, two seconds for a gigabyte. Raises ModelRefused."""
        lib.llama_backend_init()
        wishes = lib.llama_model_default_params()
        wishes.use_mmap = False
        wishes.repack_tensors = True  # rows side by side, as a processor likes to read them: twice as fast
        wishes.n_gpu_layers = 0
        self._model: Any = lib.llama_model_load_from_file(os.fsencode(model), wishes)
        if not self._model:
            raise ModelRefused(f"{model} cannot be read as a model.")
        self._threads = threads
        self._words: Any = lib.llama_model_get_vocab(self._model)
        self._size = int(lib.llama_vocab_n_tokens(self._words))
        self._open(context, AT_ONCE)
        self.first, self.last = self._spelt("bos"), self._spelt("eos")
        """How it spells the beginning and the end of a text."""

    def beside(self, context: int, at_once: int) -> Self:
        """Another train of thought of the same model: it shares the weights, and what it reads stays apart.
        `at_once`: tokens read in one go. Raises ModelRefused."""
        other = copy.copy(self)
        other._open(context, at_once)
        return other

    def _open(self, context: int, at_once: int) -> None:
        room = lib.llama_context_default_params()
        room.n_ctx, room.n_batch, room.n_ubatch = context, at_once, at_once
        room.n_threads = room.n_threads_batch = self._threads
        self._context: Any = lib.llama_init_from_model(self._model, room)
        if not self._context:
            raise ModelRefused("The model asks for more memory than there is.")
        self._most, self._at_once = context, at_once
        self._batch = Batch(at_once)
        self.read_so_far: list[int] = []
        """The tokens it has read, in order."""

    # --- text and tokens ---

    @property
    def template(self) -> str:
        """How it wants a conversation written, in its makers' own words; or nothing."""
        return self._said("tokenizer.chat_template")

    @property
    def marks(self) -> list[str]:
        """The spellings of its control tokens: what begins and ends a turn."""
        found = (token for token in range(self._size) if _is_mark(self._model, token))
        return [self.piece(token).decode(errors="replace") for token in found]

    def tokens(self, text: str) -> list[int]:
        """Raises ModelRefused for a text longer than it can ever read."""
        raw = text.encode()
        room = (_int * (len(raw) + 8))()
        count = int(lib.llama_tokenize(self._model, raw, len(raw), room, len(room), self._begins(text), True))
        if not 0 <= count < self._most:
            raise ModelRefused(f"A text of {len(raw):,} bytes is too long for the model.")
        return list(room[:count])

    def _begins(self, text: str) -> bool:
        """Whether the mark of a beginning has still to be put before it: most templates write it themselves."""
        written = bool(self.first) and text.startswith(self.first)
        return bool(_begins_with(self._model) == 1) and not written

    def piece(self, token: int) -> bytes:
        """Its spelling: a part of a word, often, and now and then of a character."""
        room = ctypes.create_string_buffer(LONGEST_PIECE)
        length = lib.llama_token_to_piece(self._model, token, room, LONGEST_PIECE, 0, True)
        return room.raw[: max(0, length)]

    def grammar(self, rules: str) -> Grammar:
        """What may be said, as GBNF with a `root`. Raises ModelRefused for rules that are none."""
        return Grammar(self._words, self._context, rules)

    def ends(self, token: int) -> bool:
        """Whether it means that all is said."""
        return bool(lib.llama_token_is_eog(self._model, token))

    def _spelt(self, name: str) -> str:
        token = self._said(f"tokenizer.ggml.{name}_token_id")
        return self.piece(int(token)).decode(errors="replace") if token else ""

    def _said(self, fact: str) -> str:
        room = ctypes.create_string_buffer(LONGEST_TEXT)
        length = _fact(self._model, fact.encode(), room, LONGEST_TEXT)
        return room.value.decode(errors="replace") if 0 < length < LONGEST_TEXT else ""

    # --- reading ---

    def read(self, tokens: Sequence[int], stopped: Callable[[], bool], *, to_answer: bool) -> bool:
        """Read what of these is not read yet, and forget everything else. False if it was stopped before the end.

        `to_answer`: afterwards `logits` tell of the token that follows.
        """
        # What follows is found by reading: the last token at least is then read anew.
        known = reuse(self.read_so_far, tokens[:-1] if to_answer else tokens)
        at = known.same
        for start, end, back in known.moves:
            _forget(self._context, ONE, at, start)
            _move(self._context, ONE, start, end, -back)
            at = end
        _forget(self._context, ONE, at, -1)
        self.read_so_far = list(tokens[: known.have])
        return self._read_on(tokens[known.have :], stopped)

    def add(self, token: int) -> bool:
        """Read one more. False if there is no room for it."""
        return len(self.read_so_far) < self._most and self._read_on([token], lambda: False)

    def logits(self) -> NDArray[np.float32]:
        """How likely each token is to follow what was read: shape (vocabulary,), valid until more is read."""
        found = lib.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(found, (self._size,))

    def _read_on(self, tokens: Sequence[int], stopped: Callable[[], bool]) -> bool:
        for start in range(0, len(tokens), self._at_once):
            part = tokens[start : start + self._at_once]
            if stopped():
                return False
            if lib.llama_decode(self._context, self._batch.of(part, len(self.read_so_far))):
                _forget(self._context, ONE, len(self.read_so_far), -1)
                return False
            self.read_so_far += part
        return True

    def forget(self) -> None:
        """Nothing has been read."""
        _forget(self._context, ONE, 0, -1)
        self.read_so_far = []

    # --- what it has read, on disk ---

    def keep(self, file: Path) -> None:
        """Raises OSError."""
        held = (_int * len(self.read_so_far))(*self.read_so_far)
        if not _save(self._context, os.fsencode(file), ONE, held, len(held)):
            raise OSError(f"{file} could not be written.")

    def take_up(self, file: Path) -> bool:
        """Whether the file could be used; if not, nothing has been read."""
        held, count = (_int * self._most)(), _size()
        self.read_so_far = []
        if not _load(self._context, os.fsencode(file), ONE, held, self._most, ctypes.byref(count)):
            _forget(self._context, ONE, -1, -1)
            return False
        self.read_so_far = list(held[: count.value])
        return True


class Batch:
    """The library's own table of tokens to read, made once."""

    def __init__(self, at_once: int) -> None:
        self._table = lib.llama_batch_init(at_once, 0, 1)
        for row in range(at_once):
            self._table.n_seq_id[row] = 1
            self._table.seq_id[row][0] = ONE

    def of(self, tokens: Sequence[int], start: int) -> Any:
        """These, from place `start` on; what follows is asked after the last."""
        self._table.n_tokens = len(tokens)
        for row, token in enumerate(tokens):
            self._table.token[row] = token
            self._table.pos[row] = start + row
            self._table.logits[row] = row == len(tokens) - 1
        return self._table
