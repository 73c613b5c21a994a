"""Fit the tagger: all-MiniLM-L6-v2, taught to mark what a remark states and what a question asks.

    python training/remarks/fit.py MINILM.onnx src/os1/memory/understanding/tagger.onnx --minutes 40

`MINILM.onnx` is the int8 file that OS1 itself uses. One template in ten is kept aside and judges, unless `--all`; its
figures are printed after each round. Needs torch, onnx and onnxruntime, of which OS1 itself only needs the last.
"""

# torch and onnx are no dependencies of OS1, so that their types are not known here.
# pyright: basic, reportMissingImports=false

import argparse
import random
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "src")]

from filling import Example, Template, examples, templates  # noqa: E402

from os1.memory.understanding.labels import ASKS, HEADS, MODES, OWNERS, SLOTS, STATUSES  # noqa: E402

WIDTH, HEADS_OF_ATTENTION, INNER, LAYERS = 384, 12, 1536, 6
LONGEST = 128
"""Word pieces."""
BATCH = 48
RATE = 4e-4
"""Learning rate at its height; of the new outputs five times that."""
IGNORED = -100
WHOLE = ("asks", "mode")
"""Outputs for a text as a whole."""

Marks = set[tuple[object, ...]]


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm, self.last_norm = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        many, long, _ = x.shape
        each = WIDTH // HEADS_OF_ATTENTION

        def split(y: torch.Tensor) -> torch.Tensor:
            return y.view(many, long, HEADS_OF_ATTENTION, each).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        chances = torch.softmax(query @ key.transpose(-1, -2) / each**0.5 + mask, -1)
        seen = (chances @ value).transpose(1, 2).reshape(many, long, WIDTH)
        x = self.norm(x + self.drop(self.out(seen)))
        return self.last_norm(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH, many) for name, many in HEADS.items()})
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> dict[str, torch.Tensor]:
        x = self.word(ids) + self.place(torch.arange(ids.shape[1]))[None] + self.kind
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, mask)
        x = self.drop(x)
        return {name: head(x[:, 0] if name in WHOLE else x) for name, head in self.heads.items()}


def load(path: Path) -> Model:
    """MiniLM's weights, from the int8 file with the exporter's names."""
    file = onnx.load(str(path))
    there = {one.name: numpy_helper.to_array(one) for one in file.graph.initializer}
    makes = {out: node for node in file.graph.node for out in node.output}
    model = Model()

    def put(into: torch.Tensor, numbers: np.ndarray) -> None:
        into.copy_(torch.tensor(np.ascontiguousarray(numbers, dtype=np.float32)))

    def widened(name: str) -> np.ndarray:
        return there[f"{name}_q"].astype(np.float32) * there[f"{name}_scale"]

    with torch.no_grad():
        put(model.word.weight, widened("inner.embeddings.word_embeddings.weight"))
        put(model.place.weight, widened("inner.embeddings.position_embeddings.weight"))
        put(model.kind, there["inner.embeddings.token_type_embeddings.weight"][0])
        put(model.norm.weight, there["inner.embeddings.LayerNorm.weight"])
        put(model.norm.bias, there["inner.embeddings.LayerNorm.bias"])
        for number, layer in enumerate(model.layers):
            begin = f"inner.encoder.layer.{number}."
            linears = {
                "attention.self.query": layer.query,
                "attention.self.key": layer.key,
                "attention.self.value": layer.value,
                "attention.output.dense": layer.out,
                "intermediate.dense": layer.up,
                "output.dense": layer.down,
            }
            for place, (name, linear) in enumerate(linears.items(), LAYERS * number):
                added = makes[f"linear_{place}" if place else "linear"]
                put(linear.weight, widened(makes[added.input[0]].input[1]).T)
                put(linear.bias, there[f"{begin}{name}.bias"])
            for name, norm in (("attention.output", layer.norm), ("output", layer.last_norm)):
                put(norm.weight, there[f"{begin}{name}.LayerNorm.weight"])
                put(norm.bias, there[f"{begin}{name}.LayerNorm.bias"])
    for table in (model.word, model.place):
        table.weight.requires_grad_(False)  # words that no template has must keep their meaning
    return model


# --- examples ---------------------------------------------------------------------------------------------


def labels(tokenizer: Tokenizer, example: Example) -> tuple[list[int], dict[str, np.ndarray]]:
    encoded = tokenizer.encode(example.text)
    many = len(encoded.ids)
    each = {name: np.full(many, IGNORED) for name in ("slot", "status", "owner")}
    each["span"] = np.zeros(many, dtype=int)
    for span in example.spans:
        begun = False
        for here, (start, end) in enumerate(encoded.offsets):
            if end > start and start < span.end and end > span.start:
                each["span"][here] = (3 if span.slot == "who" else 1) + begun
                begun = True
                if span.slot != "who":
                    each["slot"][here] = SLOTS.index(span.slot)
                    each["status"][here] = [*STATUSES].index(span.status)  # pyright: ignore
                    each["owner"][here] = [*OWNERS].index(span.owner)  # pyright: ignore
    each["asks"], each["mode"] = np.array(ASKS.index(example.asks)), np.array([*MODES].index(example.mode))  # pyright: ignore
    return encoded.ids, each


Batch = tuple[torch.Tensor, torch.Tensor, dict[str, torch.Tensor]]


def batches(tokenizer: Tokenizer, some: Sequence[Example], chance: random.Random) -> Iterator[Batch]:
    """Of texts of about the same length, in any order."""
    rows = [row for one in some if len((row := labels(tokenizer, one))[0]) <= LONGEST]
    rows.sort(key=lambda row: len(row[0]) + chance.random())
    groups = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
    chance.shuffle(groups)
    for group in groups:
        long = max(len(ids) for ids, _ in group)
        ids = torch.zeros(len(group), long, dtype=torch.long)
        mask = torch.full((len(group), 1, 1, long), -1e9)
        wanted = {name: torch.full((len(group), long), IGNORED) for name in HEADS if name not in WHOLE}
        for row, (here, each) in enumerate(group):
            ids[row, : len(here)], mask[row, ..., : len(here)] = torch.tensor(here), 0
            for name in wanted:
                wanted[name][row, : len(here)] = torch.tensor(each[name])
        wanted |= {name: torch.tensor([int(each[name]) for _, each in group]) for name in WHOLE}
        yield ids, mask, wanted


# --- fitting and judging ----------------------------------------------------------------------------------


def loss(out: dict[str, torch.Tensor], wanted: dict[str, torch.Tensor]) -> torch.Tensor:
    total = torch.zeros(())
    for name in HEADS:
        scores, right = out[name].float().flatten(0, -2), wanted[name].flatten()
        if bool((right != IGNORED).any()):
            smooth = 0.0 if name == "span" else 0.03
            part = functional.cross_entropy(scores, right, ignore_index=IGNORED, label_smoothing=smooth)
            total = total + (0.5 * part if name in WHOLE else part)
    return total


def marked(span: Sequence[int], each: dict[str, np.ndarray]) -> Marks:
    found: Marks = set()
    at = 0
    while at < len(span):
        last = at + 1
        if span[at] in (1, 3):
            while last < len(span) and span[last] == span[at] + 1:
                last += 1
            what = () if span[at] == 3 else tuple(int(each[name][at:last].sum(0).argmax()) for name in each)
            found.add((at, last, *what))
        at = last
    return found


def judge(model: Model, tokenizer: Tokenizer, some: Sequence[Example]) -> dict[str, float]:
    model.eval()
    right = said = there = asking = asked = mode = idle = false = 0
    with torch.no_grad():
        for ids, mask, wanted in batches(tokenizer, some, random.Random(0)):
            out = model(ids, mask)
            for row in range(len(ids)):
                long = int((mask[row, 0, 0] == 0).sum())
                each = {n: out[n][row, :long].softmax(-1).numpy() for n in ("slot", "status", "owner")}
                true = {
                    n: functional.one_hot(wanted[n][row, :long].clamp(min=0), HEADS[n]).numpy() for n in each
                }
                mine = marked(out["span"][row, :long].argmax(-1).tolist(), each)
                theirs = marked(wanted["span"][row, :long].tolist(), true)
                right, said, there = right + len(mine & theirs), said + len(mine), there + len(theirs)
                if int(wanted["mode"][row]):
                    asking += 1
                    asked += int(out["asks"][row].argmax() == wanted["asks"][row])
                    mode += int(out["mode"][row].argmax() == wanted["mode"][row])
                else:
                    idle, false = idle + 1, false + int(out["mode"][row].argmax() != 0)
    figures = {
        "precision": right / max(1, said), "recall": right / max(1, there), "asks": asked / max(1, asking),
        "mode": mode / max(1, asking), "taken for a question": false / max(1, idle),
    }  # fmt: skip
    return {name: round(value, 3) for name, value in figures.items()}


def fit(  # noqa: PLR0913
    model: Model,
    tokenizer: Tokenizer,
    some: Sequence[Template],
    aside: Sequence[Example],
    minutes: float,
    rate: float,
) -> None:
    new = [weight for name, weight in model.named_parameters() if "heads" in name]
    old = [
        weight for name, weight in model.named_parameters() if "heads" not in name and weight.requires_grad
    ]
    rates = (rate, rate * 5)
    descent = torch.optim.AdamW([{"params": old}, {"params": new}], weight_decay=0.01)
    begun, rounds, steps = time.monotonic(), 0, 0
    while (gone := (time.monotonic() - begun) / minutes / 60) < 1:
        model.train()
        total = 0.0
        for ids, mask, wanted in batches(
            tokenizer, [*examples(random.Random(rounds), some, 1)], random.Random(rounds)
        ):
            gone = min(1.0, (time.monotonic() - begun) / minutes / 60)
            for group, height in zip(descent.param_groups, rates, strict=True):
                group["lr"] = height * min(1, steps / 100) * (1 - gone) + 1e-7
            with torch.autocast("cpu", torch.bfloat16):
                out = model(ids, mask)
            lost = loss(out, wanted)
            descent.zero_grad()
            lost.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            descent.step()
            steps, total = steps + 1, total + lost.item()
            if gone >= 1:
                break
        rounds += 1
        print(rounds, f"{gone:.0%}", "loss", round(total, 1), judge(model, tokenizer, aside), flush=True)


class Alone(nn.Module):
    """The model for one text, as it ships: no mask, its outputs in the order of HEADS."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
        out = self.model(ids, torch.zeros(1, 1, 1, 1))
        return tuple(out[name] for name in HEADS)


def export(model: Model, into: Path) -> None:
    whole = into.with_suffix(".f32.onnx")
    axes = {"ids": {1: "pieces"}} | {name: {1: "pieces"} for name in HEADS if name not in WHOLE}
    ids = torch.tensor([[101, 2026, 3428, 2003, 2307, 102]])
    torch.onnx.export(
        Alone(model).eval(), (ids,), str(whole), input_names=["ids"], output_names=[*HEADS], dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        whole, into, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )
    whole.unlink()


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("minilm", type=Path)
    options.add_argument("into", type=Path)
    options.add_argument("--minutes", type=float, default=40)
    options.add_argument("--all", action="store_true", help="keep nothing aside")
    options.add_argument(
        "--go-on", type=Path, metavar="PT", help="begin with these weights, at half the rate"
    )
    chosen = options.parse_args()
    torch.manual_seed(1)
    tokenizer = Tokenizer.from_file(str(ROOT / "src/os1/memory/minilm/tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    every = templates()
    aside = [one for one in every if zlib.crc32(one.text.encode()) % 10 == 0]
    some = every if chosen.all else [one for one in every if one not in aside]
    print(len(some), "templates to fit,", len(aside), "to judge by", flush=True)
    model = load(chosen.minilm)
    if chosen.go_on:
        model.load_state_dict(torch.load(chosen.go_on))
    rate = RATE / 2 if chosen.go_on else RATE
    fit(model, tokenizer, some, [*examples(random.Random(7), aside, 2)], chosen.minutes, rate)
    torch.save(model.state_dict(), chosen.into.with_suffix(".pt"))
    export(model, chosen.into)


if __name__ == "__main__":
    main()
