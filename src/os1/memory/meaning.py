"""What words mean, as 384 numbers: sentences that mean something alike point in the same direction.

`Meaning` is what any model of meaning must do; `MiniLM` is the small one that comes with OS1 (all-MiniLM-L6-v2,
int8, by onnxruntime). It reads English. It does not know what is remembered, nor where its file comes from.
"""

# onnxruntime comes without types: what leaves this module is typed by hand.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import (
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    NoSuchFile,
)
from tokenizers import Tokenizer

from os1.errors import ModelMissing, ModelRefused

TOKENIZER = Path(__file__).parent / "minilm" / "tokenizer.json"

LONGEST = 128
"""Word pieces read of one text, some 90 words: what the model was trained on. The rest is not looked at."""


class Meaning(Protocol):
    """A model of meaning. Blocking, and safe to call from several threads."""

    @property
    def model_id(self) -> str:
        """Kept with each vector: vectors of two models must never be compared."""
        ...

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """One unit vector a text. A text alone and among others gets the same one."""
        ...


class MiniLM:
    """Takes 3 to 6 ms for a question, 6 to 12 ms for a turn, on one core."""

    model_id = "all-MiniLM-L6-v2-int8"

    def __init__(self, model: Path, threads: int = 1) -> None:
        """Reads the model, in some 0.2 s. Raises ModelMissing or ModelRefused, and nothing else."""
        if not model.is_file():
            raise ModelMissing(f"the model of meaning is not at {model}")
        self._tokenizer = Tokenizer.from_file(str(TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except (InvalidProtobuf, InvalidGraph, InvalidArgument, NoSuchFile) as error:
            raise ModelRefused(f"{model} is not a model of meaning: {error}") from error

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """One at a time: int8 scales are taken over all that is read at once, so company would change a text's vector."""
        vectors = [self._embed(text) for text in texts]
        return np.stack(vectors) if vectors else np.empty((0, 384), dtype=np.float32)

    def _embed(self, text: str) -> NDArray[np.float32]:
        pieces = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }
        each = np.asarray(self._session.run(["last_hidden_state"], inputs)[0], dtype=np.float32)[0]
        mean = each.mean(axis=0)
        return mean / np.sqrt(np.einsum("i,i->", mean, mean))
