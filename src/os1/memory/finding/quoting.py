"""What came to mind, with its words: as much of it as there is room for. Pure. It does not know why it came."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from os1.memory.records import Hit, Remembered, Turn

SHORTEST = 120
"""Characters below which a cut turn says too little to be worth showing."""


def remembered(hits: Sequence[Hit], turns: Mapping[int, Turn], characters: int) -> list[Remembered]:
    """The hits with their words: first each alone, as many as there is room for, then what was said around them."""
    kept: dict[int, dict[int, Turn]] = {}
    for hit in hits:
        if hit.seq in turns and len((said := cut(turns[hit.seq], characters)).text) <= characters:
            kept[hit.seq] = {hit.seq: said}
            characters -= len(said.text)
    for hit in hits:
        for seq in sorted(hit.turns if hit.seq in kept else (), key=lambda seq: abs(seq - hit.seq)):
            if seq in turns and seq not in kept[hit.seq] and len(turns[seq].text) <= characters:
                kept[hit.seq][seq] = turns[seq]
                characters -= len(turns[seq].text)
    return [_in_words(hit, kept[hit.seq]) for hit in hits if hit.seq in kept]


def _in_words(hit: Hit, said: Mapping[int, Turn]) -> Remembered:
    seqs = tuple(sorted(said))
    return Remembered(tuple(said[seq] for seq in seqs), replace(hit, turns=seqs))


def cut(turn: Turn, characters: int) -> Turn:
    """The turn, its end left off at a word if it is longer; whole if so little room would leave nothing of it."""
    if len(turn.text) <= characters or characters < SHORTEST:
        return turn
    return replace(turn, text=turn.text[: characters - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…")
