"""The build hook of the wheel: no wheel without the page.

An editable install is left alone (`make run` builds the page itself). It does not know what the page is, only that
one file of it has to be there.
"""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebBuild(BuildHookInterface[Any]):
    """Builds the page when it is missing and its sources are here; refuses when it still is not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        page = Path(self.root, "src/os1/server/static/index.html")
        web = Path(self.root, "web")
        if not page.exists() and (web / "package.json").exists():
            subprocess.run(["npm", "ci"], cwd=web, check=True)
            subprocess.run(["npm", "run", "build"], cwd=web, check=True)
        if not page.exists():
            raise RuntimeError("no index.html in src/os1/server/static: this wheel would have no face")
