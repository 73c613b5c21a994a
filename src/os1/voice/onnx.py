"""One small model by onnxruntime, as she runs them in a call: few threads, none of which spins while it waits.

A thread that spins takes a core from the brain at the very moment when it is to find its first word. It does not
know what a model hears.
"""

# onnxruntime comes without types: what leaves this module is typed by hand.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import (
    EPFail,
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    NoSuchFile,
    NotImplemented,
    RuntimeException,
)

from os1.errors import ModelMissing, ModelRefused

Array = NDArray[Any]

ONNX_ERRORS = (
    EPFail, Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, NoSuchFile, NotImplemented, RuntimeException,
)  # fmt: skip


class Session:
    """A loaded model. Blocking; safe to call from several threads."""

    def __init__(self, model: Path, threads: int = 1) -> None:
        """Reads the file. Raises ModelMissing or ModelRefused, and nothing else."""
        if not model.is_file():
            raise ModelMissing(f"There is no model at {model}.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 4  # what goes wrong is raised, not printed
        try:
            self._session = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except ONNX_ERRORS as error:
            raise ModelRefused(f"{model} cannot be read as a model: {error}") from error
        self.inputs = [str(one.name) for one in self._session.get_inputs()]
        self.outputs = [str(one.name) for one in self._session.get_outputs()]

    def run(self, inputs: Mapping[str, Array], wanted: Sequence[str] | None = None) -> list[Array]:
        """The outputs, in the model's order or in that of `wanted`. Raises ModelRefused if it cannot use the inputs."""
        try:
            return [np.asarray(one) for one in self._session.run(wanted, dict(inputs))]
        except ONNX_ERRORS as error:
            raise ModelRefused(f"A model could not be run: {error}") from error
