"""The house's own rules, held by looking at it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from os1.config import ENVIRONMENT, Settings
from os1.server.protocol import typescript

ROOT = Path(__file__).parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
OURS = sorted((ROOT / "src").rglob("*.py")) + sorted((ROOT / "bench").rglob("*.py"))


def functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{file.name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_files_and_functions_stay_readable(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    assert [name for name, lines in functions(file) if lines > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("file", OURS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_module_says_what_it_is(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "core", "manager", "misc"}
    assert [file for file in OURS if file.stem in drawers] == []


def test_every_setting_is_documented_with_its_variable() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"### `{name}`" not in page] == []
    assert [name for name in ENVIRONMENT if f"`{name}`" not in page] == []
    assert set(ENVIRONMENT.values()) == set(Settings.model_fields)


def test_the_readme_names_only_files_that_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [part.split(")")[0] for part in readme.split("](")[1:]]
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_page_speaks_the_house_s_words() -> None:
    assert (ROOT / "web/src/lib/protocol.ts").read_text(encoding="utf-8") == typescript()
