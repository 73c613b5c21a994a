"""The embedded engine's own process: llama.cpp through xllamacpp, on a loopback port, behind a key.

Run as `python -m os1.brain.engine MODEL KEPT CONTEXT THREADS`, with the key in OS1_ENGINE_KEY and the parent on
stdin: when stdin ends, so does this process, so that a killed house leaves nothing running. It prints one line,
its address, once the model is loaded. It does not know what the words are for.
"""

# xllamacpp comes without types, and nothing of it leaves this process.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownParameterType=false, reportUnknownArgumentType=false, reportAttributeAccessIssue=false

import os
import sys
import threading

import xllamacpp

READ_AT_ONCE = 128
"""Tokens the engine reads before it looks whether it was told to stop: 128 take 1.8 s on two cores."""


def parameters(model: str, kept: str, context: int, threads: int) -> "xllamacpp.CommonParams":
    p = xllamacpp.CommonParams()
    p.model.path = model
    p.n_ctx = context
    p.n_parallel = 1  # one companion, one train of thought
    p.n_batch = p.n_ubatch = READ_AT_ONCE
    p.cpuparams.n_threads = p.cpuparams_batch.n_threads = threads
    p.n_gpu_layers = 0
    p.warmup = False  # half a second, and the first real words warm it just as well
    p.fit_params = False
    p.use_jinja = True  # the model's own chat template
    p.cache_ram_mib = 0  # one conversation: its prefix stays in the slot itself
    p.n_cache_reuse = (
        8  # turns that leave the window are cut out of what was read: 0.5 s, where reading anew took 7
    )
    p.slot_save_path = kept.rstrip("/") + "/"
    p.endpoint_slots = True
    p.hostnames = ["127.0.0.1"]
    p.port = 0
    p.api_keys = [os.environ["OS1_ENGINE_KEY"]]
    p.ui = False
    p.verbosity = 0
    return p


def main() -> None:
    model, kept, context, threads = sys.argv[1:]
    end = threading.Thread(target=end_with_the_house, name="end with the house", daemon=True)
    end.start()  # before the model is loaded: the house may be killed in that second
    server = xllamacpp.Server(parameters(model, kept, int(context), int(threads)))
    print(server.listening_address, flush=True)
    end.join()


def end_with_the_house() -> None:
    sys.stdin.read()
    os._exit(0)  # the model is only mapped and the state was saved on request: nothing to tidy up


if __name__ == "__main__":
    main()
