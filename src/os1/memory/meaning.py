"""What words mean, as some hundred numbers: sentences that mean something alike point in the same direction.

`Meaning` is what any model of meaning must do; `MiniLM` is the small one that comes with OS1 (all-MiniLM-L6-v2,
int8, by onnxruntime), `Mpnet` a larger one that hears more between the lines. Both read English.
It does not know what is remembered, nor where the files come from.
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

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        ...

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """One unit vector a text. A text alone and among others gets the same one."""
        ...


class _Encoder:
    """An ONNX model that gives each word piece a vector; their mean is what the text means."""

    model_id: str
    dimensions: int

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
        return np.stack(vectors) if vectors else np.empty((0, self.dimensions), dtype=np.float32)

    def _embed(self, text: str) -> NDArray[np.float32]:
        pieces = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        each = np.asarray(
            self._session.run(["last_hidden_state"], self._inputs(pieces))[0], dtype=np.float32
        )[0]
        mean = each.mean(axis=0)
        return mean / np.sqrt(np.einsum("i,i->", mean, mean))

    def _inputs(self, pieces: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        raise NotImplementedError


class MiniLM(_Encoder):
    """Takes 3 to 6 ms for a question, 6 to 12 ms for a turn, on one core. 23 MB."""

    model_id = "all-MiniLM-L6-v2-int8"
    dimensions = 384

    def _inputs(self, pieces: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        return {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }


class Mpnet(_Encoder):
    """all-mpnet-base-v2 as `scripts/mpnet.py` makes it. Takes 10 ms for a question, 20 ms for a turn. 110 MB."""

    model_id = "all-mpnet-base-v2-int8"
    dimensions = 768

    def _inputs(self, pieces: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """It knows the same word pieces, four numbers later; only its signs for beginning and end are its own."""
        shifted = pieces + 4
        shifted[:, 0], shifted[:, -1] = 0, 2
        return {"input_ids": shifted}
