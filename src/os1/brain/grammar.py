"""Grammars over a model's words, by the library's own parser: of all tokens, the likeliest that may stand here.

GBNF is llama.cpp's notation. The library wants to see every candidate and takes 20 ms for a whole vocabulary, so the
likeliest few are shown first: one of them nearly always fits. It does not know what the rules are for.
"""

# The package comes without types, and nothing of it leaves this module.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportPrivateUsage=false, reportUnknownParameterType=false

import ctypes
from typing import Any

import numpy as np
from ik_llama_cpp import _ctypes_api as lib
from numpy.typing import NDArray

from os1.errors import ModelRefused

FEW = 64
"""Candidates shown first: 0.1 ms."""

_pointer = ctypes.c_void_p
_data, _table = lib.llama_token_data, lib.llama_token_data_array
_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])
"""The library's `llama_token_data`."""


def _function(name: str, result: Any, *arguments: Any) -> Any:
    function = getattr(lib._lib, name)
    function.restype, function.argtypes = result, arguments
    return function


_init = _function("llama_sampler_init_grammar", _pointer, _pointer, ctypes.c_char_p, ctypes.c_char_p)
_only = _function("llama_grammar_sample", None, _pointer, _pointer, ctypes.POINTER(_table))
_accept = _function("llama_grammar_accept_token", None, _pointer, _pointer, ctypes.c_int32)
_free = _function("llama_grammar_free", None, _pointer)


class Grammar:
    """A place in the rules; it moves on with each token. Raises ModelRefused for rules that are none."""

    def __init__(self, words: Any, context: Any, rules: str) -> None:
        self._context = context
        self._at: Any = _init(words, rules.encode(), b"root")
        if not self._at:
            raise ModelRefused("The grammar cannot be read.")

    def choose(self, logits: NDArray[np.float32]) -> int | None:
        """The likeliest token that may follow; None when none may."""
        few = np.argpartition(logits, -FEW)[-FEW:] if len(logits) > FEW else np.arange(len(logits))
        found = self._likeliest(few, logits)
        return self._likeliest(np.arange(len(logits)), logits) if found is None else found

    def _likeliest(self, tokens: NDArray[np.int64], logits: NDArray[np.float32]) -> int | None:
        candidates = np.zeros(len(tokens), _CANDIDATE)
        candidates["id"], candidates["logit"] = tokens, logits[tokens]
        table = _table(candidates.ctypes.data_as(ctypes.POINTER(_data)), len(candidates), -1, False)
        _only(self._at, self._context, ctypes.byref(table))
        left = candidates[: table.size]
        best = left[np.argmax(left["logit"])]
        return int(best["id"]) if np.isfinite(best["logit"]) else None

    def add(self, token: int) -> None:
        _accept(self._at, self._context, token)

    def close(self) -> None:
        _free(self._at)
