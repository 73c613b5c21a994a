"""A model hub: where a file lies there, and what its own record says of it.

The hash is never made up here: it is the one under which the hub stores the file. It speaks the protocol of
Hugging Face and of its mirrors, and does not know which models there are.
"""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict

from os1.brain.download import REDIRECTS, Remote, refuse_downgrade
from os1.errors import ModelMissing, ModelRefused

SHA256 = re.compile(r"[0-9a-f]{64}")
COMMIT = re.compile(r"[0-9a-f]{40,64}")


class HubFile(BaseModel):
    """One file of one public repository."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["hub"]
    repo: str
    file: str
    revision: str = "main"

    @property
    def label(self) -> str:
        return f"{self.repo}/{self.file}"


@dataclass(frozen=True)
class Hub:
    """Where to ask, and as whom."""

    endpoint: str = "https://huggingface.co"
    token: str | None = field(default=None, repr=False)

    async def look_up(self, client: httpx.AsyncClient, wanted: HubFile) -> Remote:
        """The file as it is today, with its hash and size; its address names the commit, so that it cannot change."""
        try:
            response = await self._head(client, wanted)
        except httpx.TransportError as trouble:
            why = str(trouble) or type(trouble).__name__
            raise ModelMissing(
                f"{wanted.label} could not be asked for: the hub cannot be reached ({why})."
            ) from trouble
        told = response.headers
        sha256 = told.get("x-linked-etag", "").removeprefix("W/").strip('"')
        commit, size = told.get("x-repo-commit", ""), told.get("x-linked-size", "")
        if not SHA256.fullmatch(sha256) or not COMMIT.fullmatch(commit) or not size.isdecimal():
            raise ModelRefused(
                f"The hub does not say what {wanted.label} should be, so I would not know if it is right."
            )
        return Remote(self._address(wanted, commit), sha256, int(size), self._headers())

    async def _head(self, client: httpx.AsyncClient, wanted: HubFile) -> httpx.Response:
        """The hub's answer about the file. It redirects within itself when a repository was renamed."""
        url = httpx.URL(self._address(wanted, wanted.revision))
        for _ in range(REDIRECTS):
            response = await client.head(url, headers=self._headers())
            onward = response.next_request
            # What another host says of the file is not the hub's record, and it must not see the token.
            if onward is None or "x-linked-etag" in response.headers or onward.url.host != url.host:
                _check(response, wanted)
                return response
            refuse_downgrade(url, onward.url, wanted.label)
            url = onward.url
        raise ModelMissing(f"{wanted.label} could not be asked for: its address on the hub leads in circles.")

    def _address(self, wanted: HubFile, revision: str) -> str:
        path = f"{quote(wanted.repo)}/resolve/{quote(revision, safe='')}/{quote(wanted.file)}"
        return f"{self.endpoint.rstrip('/')}/{path}"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def _check(response: httpx.Response, wanted: HubFile) -> None:
    if response.status_code in (401, 403):
        raise ModelMissing(
            f"The hub answered {response.status_code} for {wanted.label}. It may want a token (HF_TOKEN), or its "
            "licence accepted first."
        )
    if response.status_code >= 400:
        raise ModelMissing(f"The hub answered {response.status_code} for {wanted.label}.")
