"""The shape of the code: imports point down, the core imports nothing uncertain, every page's files are there."""
import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = {
    "state": {"agenda", "state"}, "agenda": set(), "room": set(), "words": set(), "catalogue": {"words"}, "sqlite": {"words"},
    "events": {"agenda", "state", "events"}, "rules": {"agenda", "state", "events", "words", "rules"},
    "regions": {"agenda", "state", "room", "rules", "words", "regions", "charter"},
    "journal": {"events", "journal", "sqlite", "state", "words"}, "replay": {"journal", "state", "words"}, "loop": set(), "use": set(),
    "packing": {"state"}, "opening": {"journal", "packing", "replay", "state"},
    "session": {"journal", "loop", "opening", "replay", "room", "rules", "sqlite", "state", "use"},
    "sessions": {"journal", "loop", "session", "state", "words"},
    "charter": {"agenda", "catalogue", "ideas_file", "jobs", "state", "words", "places", "rules", "sqlite", "charter"},
    "reopen": {"charter", "events", "journal", "keep", "plan_checks", "registry", "reopen", "replay", "session", "sqlite", "state", "words"},
    "drawn": {"regions", "session", "words"},
    "live": {"drawn", "live", "loop", "regions", "registry", "room", "rules", "seats", "session", "sessions", "sqlite", "state", "words"},
}
PURE = {"state", "agenda", "events", "rules"}
PURE_IMPORTS = {"__future__", "collections", "dataclasses", "functools", "datetime", "enum", "inspect", "itertools", "math", "msgspec", "random", "statistics", "typing", "unicodedata", "workshop"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names} if node.module == "workshop" else {node.module}
    return found


def files(layer: str) -> list[Path]:
    module = ROOT / "workshop" / f"{layer}.py"
    return [module] if module.exists() else sorted((ROOT / "workshop" / layer).rglob("*.py"))


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_down(layer):
    assert files(layer)
    for path in files(layer):
        ours = {name.split(".")[1] for name in imports(path) if name.startswith("workshop.")}
        assert ours <= LAYERS[layer], f"{path.name} imports {ours - LAYERS[layer]}"


@pytest.mark.parametrize("layer", sorted(PURE))
def test_the_core_asks_neither_clock_nor_disk(layer):
    for path in files(layer):
        roots = {name.split(".")[0] for name in imports(path)}
        assert roots <= PURE_IMPORTS, f"{path.name} imports {roots - PURE_IMPORTS}"


def test_the_serving_process_imports_no_model_and_no_numbers():
    import subprocess
    import sys
    code = "import workshop.serve, sys; print([m for m in ('numpy', 'sklearn', 'torch', 'scipy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout.strip() == "[]"


def test_every_region_has_its_template_and_every_template_its_region():
    from workshop.regions.region import REGIONS
    import workshop.regions  # noqa: F401
    templates = {path.stem for path in (ROOT / "templates/regions").glob("*.html")}
    assert {r.name for r in REGIONS.values()} == templates


def test_no_template_has_inline_style_or_script():
    for path in (ROOT / "templates").rglob("*.html"):
        if "documents" not in path.parts:
            assert not re.search(r"\sstyle=|\son\w+=\"|<script(?![^>]*src)|<style", path.read_text()), path
