"""The command `os1`: run, talk, login, doctor, models, export, import, bring. The only reader of the environment.

Imports of the house's parts stand inside the commands: `os1 --help` should be instant, and `run` starts the engine
before anything else is loaded.
"""

import argparse
import asyncio
import errno
import json
import logging
import logging.handlers
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from os1 import __version__
from os1.errors import OS1Error, SetupError, StoreFull, StoreReadOnly

if TYPE_CHECKING:
    from os1.config import Settings

LOG_BYTES, LOG_FILES = 2_000_000, 3
"""A week or two of quiet lines, and never more than 8 MB."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns its exit code: 0, or that of the error it met (see `os1.errors`)."""
    asked = parser().parse_args(arguments)
    os.umask(0o077)  # whatever is written here is the person's alone
    try:
        return asked.command(asked) or 0
    except OS1Error as error:
        print(f"os1: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except ExceptionGroup as group:
        return _of_group(group)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="os1", description="A companion who lives on your own machine.")
    top.add_argument("--version", action="version", version=f"os1 {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, does: object, help: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=help)
        one.set_defaults(command=does)
        return one

    run_ = command("run", run, "open the house, and a page to talk with her")
    run_.add_argument("--no-browser", action="store_true", help="print the link, open nothing")
    run_.add_argument("--phone", action="store_true", help="let phones on your home network in, too")
    command("talk", talk, "talk with her in this terminal").add_argument(
        "--voice", action="store_true", help="aloud, with this machine's microphone and loudspeaker"
    )
    command("login", login, "a new one-time link to a house that is open").add_argument(
        "--phone", action="store_true", help="one for a phone, to scan"
    )
    command("doctor", doctor, "what works, what does not, and what to do")
    models_ = command("models", models, "what she can think with, and which of it is here")
    models_.add_argument("action", nargs="?", choices=("list", "get", "verify", "trust"), default="list")
    models_.add_argument("model", nargs="?", help="an id from the list, or a path to a GGUF file")
    export_ = command("export", export, "everything as one archive, or her as a character card")
    export_.add_argument("file", nargs="?", type=Path)
    export_.add_argument("--card", type=Path, metavar="FILE", help="her as a card: .png, .json or .charx")
    command("import", import_, "bring an archive back").add_argument("file", type=Path)
    bring_ = command(
        "bring", bring, "bring your life along: ChatGPT, SillyTavern, a card, Letta, notes, a diary"
    )
    bring_.add_argument("file", type=Path, help="a file, a zip or a folder")
    bring_.add_argument("--dry-run", action="store_true", help="only say what is in it")
    bring_.add_argument("--persona", action="store_true", help="she becomes the character that comes along")
    bring_.add_argument("--zone", default="", help="yours, for times without one: Europe/Lisbon")
    bring_.add_argument("--yes", action="store_true", help="do not ask")
    command("protocol", protocol, "the page's vocabulary, made from events.py")
    return top


# --- commands ---


def run(asked: argparse.Namespace) -> None:
    from os1.server.prepare import prepare  # noqa: PLC0415

    settings = _settings()
    if asked.phone:
        settings = settings.model_copy(update={"phone": True})
    _log_to(settings.home)
    chosen = prepare(settings)
    from os1.server.serve import serve  # noqa: PLC0415

    asyncio.run(serve(settings, chosen, _say_link, _say_phone, browser=not asked.no_browser))


def talk(asked: argparse.Namespace) -> None:
    from os1.server.prepare import prepare  # noqa: PLC0415

    settings = _settings()
    _log_to(settings.home)
    chosen = prepare(settings)
    from os1.server.serve import talk as in_terminal  # noqa: PLC0415

    asyncio.run(in_terminal(settings, chosen, aloud=asked.voice))


def login(asked: argparse.Namespace) -> None:
    from os1.clock import RealClock  # noqa: PLC0415
    from os1.server.door import Door  # noqa: PLC0415

    settings = _settings()
    door = Door(settings.home, RealClock())
    if not asked.phone:
        _say_link(f"http://127.0.0.1:{settings.port}/login?key={door.new_link()}")
    elif sign := door.sign():
        from os1.server.home_network import with_key  # noqa: PLC0415

        _say_phone(with_key(sign.page, door.new_link()), sign.fingerprint)
    else:
        raise SetupError("No house of yours is open to phones just now. Start it with `os1 run --phone`.")


def doctor(asked: argparse.Namespace) -> int:
    from os1.server.doctor import examine  # noqa: PLC0415

    return asyncio.run(examine(_settings()))


def models(asked: argparse.Namespace) -> None:
    from os1.server.shelf_commands import models_command  # noqa: PLC0415

    asyncio.run(models_command(_settings(), asked.action, asked.model))


def export(asked: argparse.Namespace) -> None:
    from os1.server.travel import card_to, export_to  # noqa: PLC0415

    if asked.card:
        print(asyncio.run(card_to(_settings(), asked.card)))
        return
    print(asyncio.run(export_to(_settings(), asked.file, datetime.now(UTC))))


def import_(asked: argparse.Namespace) -> None:
    from os1.store.carry import unpack  # noqa: PLC0415

    settings = _settings()
    count = asyncio.run(unpack(asked.file, settings.file))
    print(f"She is back, with all {count:,} things that happened. Start her with `make run`.")


def bring(asked: argparse.Namespace) -> None:
    from os1.server.bring_command import Wish, bring_command  # noqa: PLC0415

    wish = Wish(asked.file, asked.dry_run, asked.persona, asked.zone, asked.yes)
    asyncio.run(bring_command(_settings(), wish))


def protocol(asked: argparse.Namespace) -> None:
    from os1.server.protocol import typescript  # noqa: PLC0415

    sys.stdout.write(typescript())


# --- inside ---


def _settings() -> "Settings":
    from os1.config import read  # noqa: PLC0415

    settings = read(os.environ)
    with _in_her_home(settings.home):
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return settings


@contextmanager
def _in_her_home(home: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull(
                f"The disk that holds her home {home} is full. Make room, then start again."
            ) from error
        raise StoreReadOnly(
            f"Her home {home} cannot be written: {error.strerror}. Set OS1_HOME to another place."
        ) from error


def _say_link(link: str) -> None:
    print(f"\n  She is here. This link opens her page once, within ten minutes:\n\n  {link}\n", flush=True)


def _say_phone(link: str, fingerprint: str) -> None:
    from os1.server.home_network import square  # noqa: PLC0415

    if not link:
        print("\n  This machine is on no home network just now. She looks again every minute.\n", flush=True)
        return
    print(
        f"\n  She is open to your home network. Scan this with your phone, within ten minutes; it opens once:\n\n"
        f"{square(link)}\n  {link}\n\n  The certificate that the phone is to trust has this SHA-256:\n"
        f"  {fingerprint[:47]}\n  {fingerprint[48:]}\n",
        flush=True,
    )


def _of_group(group: ExceptionGroup[Exception]) -> int:
    """The first error of ours in a group; anything else is a bug, and is shown whole."""
    for error in group.exceptions:
        if isinstance(error, OS1Error):
            print(f"os1: {error}", file=sys.stderr)
            return error.exit_code
        if isinstance(error, ExceptionGroup):
            return _of_group(cast("ExceptionGroup[Exception]", error))
    raise group


class Lines(logging.Formatter):
    """One JSON object a line: when, how bad, where, what. Never what was said."""

    PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "taskName"}

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in self.PLAIN}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def _log_to(home: Path) -> None:
    """Into a file in her home; a terminal is for talking."""
    folder = home / "log"
    with _in_her_home(home):
        folder.mkdir(exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            folder / "os1.jsonl", maxBytes=LOG_BYTES, backupCount=LOG_FILES
        )
    logging.raiseExceptions = False  # a line that finds no room is left out: her terminal is no place for it
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for noisy in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
