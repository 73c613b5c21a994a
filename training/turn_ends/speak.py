"""Speaks the sentences with Kokoro, in many voices that are never hers, into a cache of wav files.

    python training/turn_ends/speak.py --kokoro kokoro.onnx --voices DIR --into ~/.cache/os1-dev/turns

Each sentence is spoken whole, with a comma, an ellipsis, a dash or nothing where the person will stop to think, so
that what comes before sounds open; `cut.py` finds the place. It does not know how people really hesitate: these are
synthetic voices, and what is learned from them is to be checked on people.
"""

import argparse
import json
import wave
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime as ort
from hibari.g2p import G2P
from hibari.tts import ASSETS, Hibari

HERE = Path(__file__).parent
FIT_VOICES = [
    "af_sarah",
    "am_eric",
    "bf_isabella",
    "bm_george",
    "af_kore",
    "am_puck",
    "bm_daniel",
    "bf_alice",
    "am_onyx",
    "af_aoede",
]
MORE_VOICES = [
    "am_adam",
    "af_jessica",
    "bm_fable",
    "af_alloy",
    "am_echo",
    "bf_lily",
    "af_river",
    "am_liam",
    "af_sky",
    "am_santa",
    "af_nicole",
]
"""For the second and third take."""
JUDGE_VOICES = ["af_bella", "am_michael", "bf_emma", "bm_lewis", "am_fenrir", "af_nova"]
MARKS = [",", "…", " —", ""]
"""What stands where they stop: each makes the voice end the first part differently."""
PACES = [0.9, 1.0, 1.1]


class Line(NamedTuple):
    key: str
    voice: str
    asked: bool
    parts: list[str]
    mark: str
    pace: float

    @property
    def spoken(self) -> str:
        glue = f"{self.mark} " if self.mark else " "
        return glue.join(part.rstrip(",") if self.mark else part for part in self.parts)


def lines(half: str, take: int) -> list[Line]:
    """`take`: another one gives each sentence another voice, mark and pace."""
    voices = JUDGE_VOICES if half != "fit" else MORE_VOICES if take >= 2 else FIT_VOICES
    text = (HERE / f"sentences_{half}.txt").read_text(encoding="utf-8")
    said = [line for line in text.splitlines() if line and not line.startswith("#")]
    found: list[Line] = []
    for i, line in enumerate(said):
        asked = line.startswith("> ")
        parts = line.removeprefix("> ").split(" | ")
        n = i + take * 7
        found.append(
            Line(
                f"{half}-{take}-{i:03}",
                voices[n % len(voices)],
                asked,
                parts,
                MARKS[(n // 2) % 4],
                PACES[n % 3],
            )
        )
    return found


class Voice:
    def __init__(self, model: Path, voices: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.voices = voices
        self.g2p = {True: G2P(british=True), False: G2P(british=False)}
        self.vocab: dict[str, int] = json.loads(Path(ASSETS, "vocab.json").read_text(encoding="utf-8"))

    def phonemes(self, text: str, voice: str) -> str:
        # Kokoro reads one string of up to 510 phonemes: sentences are joined again, so that it speaks in one breath.
        return " ".join(self.g2p[voice.startswith("b")](part) for part in Hibari.split_sentences(text))

    def say(self, phonemes: str, voice: str, pace: float) -> np.ndarray:
        ids = [0, *[self.vocab[c] for c in phonemes if c in self.vocab], 0]
        styles = np.fromfile(self.voices / f"{voice}.bin", dtype=np.float32).reshape(-1, 1, 256)
        feed = {
            "tokens": np.array([ids], np.int64),
            "style": styles[len(ids) - 2],
            "speed": np.array([pace], np.float32),
        }
        return np.asarray(self.session.run(None, feed)[0])


def to_16k(sound: np.ndarray) -> np.ndarray:
    """From 24 kHz, by throwing away the upper third of the spectrum."""
    spectrum = np.fft.rfft(sound)
    samples = len(sound) * 2 // 3
    return (np.fft.irfft(spectrum[: samples // 2 + 1], samples) * (2 / 3)).astype(np.float32)


def save(path: Path, sound: np.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kokoro", type=Path, required=True)
    options.add_argument("--voices", type=Path, required=True)
    options.add_argument("--into", type=Path, required=True)
    options.add_argument("--half", choices=["fit", "judge", "final"], required=True)
    options.add_argument("--take", type=int, default=0)
    chosen = options.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    voice = Voice(chosen.kokoro, chosen.voices)
    for line in lines(chosen.half, chosen.take):
        path = chosen.into / f"{line.key}.wav"
        if path.exists():
            continue
        heads = [
            len(voice.phonemes(" ".join(line.parts[: n + 1]), line.voice)) for n in range(len(line.parts))
        ]
        sound = voice.say(voice.phonemes(line.spoken, line.voice), line.voice, line.pace)
        # The json is written first: a wav that is there is whole, and so is what belongs to it.
        (chosen.into / f"{line.key}.json").write_text(
            json.dumps(line._asdict() | {"spoken": line.spoken, "heads": heads})
        )
        save(path, to_16k(sound))


if __name__ == "__main__":
    main()
