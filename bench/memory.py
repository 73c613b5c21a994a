"""Her memory, measured: `python -m bench.memory`, or a part, `--only life`. Prints one table and keeps it.

    life        a made-up life of 10,000 turns: what she knows, corrects, forgets, and owns not to know
    locomo      how well evidence is found (LoCoMo, CC BY-NC, evaluation only: where its file is)
    echo        what a remark brings to mind that shares no word with it
    scale       how fast: 100,000 and a million turns
    bring       a life brought along: an export of 100 MB

The table goes to `bench/MEMORY.md`, the figures to `bench/results/memory.json`, flat. A part that is not run keeps the
figures it had. It does not know how anything is measured.
"""
