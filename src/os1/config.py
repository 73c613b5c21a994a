"""Every setting, its default and its meaning, in one table. Read once, by `cli`; what lies beneath gets plain values.

A setting is taken from the environment, else from `settings.toml` in her home, else it has its default.
It does not know what the settings do.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from os1.errors import SetupError
from os1.store.whole_file import write_whole

FILE = "settings.toml"
DEFAULT_HOME = "~/.os1"

ENVIRONMENT = {
    "OS1_HOME": "home",
    "OS1_MODELS": "models",
    "OS1_PORT": "port",
    "OS1_PHONE": "phone",
    "OS1_PHONE_ADDRESSES": "phone_addresses",
    "OS1_ICE_SERVER": "ice_server",
    "OS1_BRAIN": "brain",
    "OS1_MODEL": "model",
    "OPENAI_BASE_URL": "openai_base_url",
    "OPENAI_API_KEY": "openai_api_key",
    "OPENAI_MODEL": "openai_model",
    "OLLAMA_HOST": "ollama_host",
    "OLLAMA_MODEL": "ollama_model",
    "OS1_VOICE": "voice",
    "OS1_EARS_URL": "ears_url",
    "OS1_EARS_MODEL": "ears_model",
    "OS1_MOUTH_URL": "mouth_url",
    "OS1_MOUTH_MODEL": "mouth_model",
    "OS1_MOUTH_VOICE": "mouth_voice",
    "OS1_VOICE_KEY": "voice_key",
    "HF_ENDPOINT": "hf_endpoint",
    "HF_TOKEN": "hf_token",
}
"""Which variable sets which setting."""


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path = Field(
        Path(DEFAULT_HOME), description="where she lives: her file, her persona, the settings, the log"
    )
    models: Path = Field(
        Path("~/.cache/os1/models"), description="where model files are kept; shared, can be fetched again"
    )
    port: int = Field(8316, ge=0, le=65535, description="the house's port on 127.0.0.1; 0 takes any free one")
    phone: bool = Field(
        False,
        description="whether phones on your home network can reach her, over TLS on the port after this one",
    )
    phone_addresses: str = Field(
        "",
        description="this machine's addresses that phones use, with commas between; empty: all it has on home networks",
    )
    ice_server: str = Field(
        "",
        description="a STUN or TURN server of yours for calls over WebRTC, such as turn:name:secret@host:3478; empty: none is asked",
    )
    brain: str = Field("embedded", description="which brain she starts with: embedded, openai or ollama")
    model: str = Field(
        "qwen2.5-coder-1.5b",
        description="the embedded brain's model: an id from `os1 models`, or a path to a GGUF file",
    )
    openai_base_url: str = Field(
        "",
        description="an OpenAI-compatible endpoint, such as http://127.0.0.1:8000/v1; offers the brain `openai`",
    )
    openai_api_key: str = Field(
        "",
        description="its key; with no base URL it means api.openai.com. Nothing is sent until that brain is chosen",
    )
    openai_model: str = Field("gpt-4o-mini", description="the model to ask for there")
    ollama_host: str = Field(
        "", description="where Ollama listens, such as 127.0.0.1:11434; offers the brain `ollama`"
    )
    ollama_model: str = Field("llama3.2", description="the model to ask Ollama for")
    voice: str = Field(
        "", description="the voice she speaks with, such as kokoro:af_heart; empty: the one in her persona"
    )
    ears_url: str = Field(
        "",
        description="an OpenAI-compatible endpoint that hears for her, such as http://127.0.0.1:8000/v1; empty: her own ears",
    )
    ears_model: str = Field("whisper-1", description="the model to ask for there")
    mouth_url: str = Field(
        "", description="an OpenAI-compatible endpoint that speaks for her; empty: her own mouths"
    )
    mouth_model: str = Field("tts-1", description="the model to ask for there")
    mouth_voice: str = Field("alloy", description="the voice to ask for there")
    voice_key: str = Field("", description="the key of those two endpoints, if they want one")
    hf_endpoint: str = Field(
        "https://huggingface.co", description="the hub that `os1 models get` asks, when it is asked"
    )
    hf_token: str = Field("", description="a token for that hub, for models that want one")

    @property
    def file(self) -> Path:
        """Her file: the one to copy, to back up, to carry."""
        return self.home / "companion.db"


def read(environment: Mapping[str, str]) -> Settings:
    """The settings of this start. Raises SetupError with a sentence that names what is wrong and where."""
    named = {field: value for name, field in ENVIRONMENT.items() if (value := environment.get(name))}
    home = _at_home(Path(named.get("home") or DEFAULT_HOME))
    file = home / FILE
    try:
        settings = Settings.model_validate({**_from_file(file), **named, "home": home})
    except ValidationError as error:
        first = error.errors()[0]
        raise SetupError(
            f"The setting “{'.'.join(map(str, first['loc']))}” is not right: {first['msg']}. It is in {file} or the environment."
        ) from error
    return settings.model_copy(update={"models": _at_home(settings.models)})


def keep(home: Path, **changed: str) -> None:
    """Write a setting that was changed while the house was open. Raises StoreError, SetupError; then nothing has changed."""
    file = home / FILE
    write_whole(file, tomli_w.dumps({**_from_file(file), **changed}))


def _at_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise SetupError(
            f"{path} is in no one's home. Set OS1_HOME and OS1_MODELS to whole paths."
        ) from error


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{file} cannot be read: {error}.") from error
    except OSError as error:
        raise SetupError(f"{file} cannot be read: {error.strerror}.") from error
