"""What `os1 doctor` says of her ears and her voice: she says a sentence to herself, and is asked what she understood."""

import asyncio
import importlib.util

import numpy as np

from os1.brain.models import EARS, RICH_MOUTH, TURNS, VOICE_ACTIVITY
from os1.config import Settings
from os1.errors import ModelError, OS1Error
from os1.server.prepare import catalogue_of
from os1.voice.base import HEARD_RATE, SPOKEN_RATE, Delivery
from os1.voice.ears import Moonshine
from os1.voice.mouth import Hibari
from os1.voice.rates import Rates

SENTENCE = "I can hear myself think."


async def voice(settings: Settings) -> tuple[bool, str, str]:
    """Good or not, what was looked at, and what to do: as a `doctor.Finding`."""
    what = "her ears and her voice"
    if importlib.util.find_spec("hibari") is None:
        return False, what, "Her mouth is not installed: pip install 'os1[voice]'"
    catalogue = catalogue_of(settings)
    here = {name: catalogue.installed(catalogue.find(name)) for name in (*EARS, VOICE_ACTIVITY, TURNS)}
    if missing := [name for name, file in here.items() if file is None]:
        return False, what, f"Models are missing: os1 models get {' '.join(missing)}"
    ears, mouth = Moonshine(*(file for name in EARS if (file := here[name]))), Hibari()
    try:
        began = asyncio.get_running_loop().time()
        sound = [piece async for piece in mouth.say(SENTENCE, Delivery())]
        understood = await ears.transcribe(Rates(SPOKEN_RATE, HEARD_RATE)(np.concatenate(sound)))
        seconds = asyncio.get_running_loop().time() - began
    except (ModelError, OS1Error) as error:
        return False, what, str(error)
    finally:
        await ears.close()
        await mouth.close()
    rich = all(catalogue.installed(catalogue.find(name)) for name in RICH_MOUTH)
    voices = "the quick voice and the rich ones" if rich else "the quick voice"
    return True, f"{what}: she said “{understood.text}” to herself in {seconds:.1f} s ({voices})", ""
