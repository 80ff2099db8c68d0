"""The house: what is installed, how light the door is, how large the rooms are, and that no float is about."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import govbudget

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "govbudget").rglob("*.py"))


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    return done.stdout


def test_importing_govbudget_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import govbudget; print(sorted(set(sys.modules) - before))"
    loaded = ast.literal_eval(python(code))
    assert [m for m in loaded if m.startswith("govbudget.")] == []
    heavy = {"attr", "attrs", "cattrs", "moneyed", "babel", "rich", "markdown_it", "decimal", "json", "hypothesis"}
    assert heavy.isdisjoint(loaded)


def test_an_audit_needs_no_renderer_and_no_converter() -> None:
    """Reading and auditing load neither rich nor cattrs' users nor moneyed; layouts are read with cattrs."""
    code = (
        "import sys, govbudget as gb; d = gb.read(sys.argv[1] if len(sys.argv) > 1 else "
        f"{str(ROOT / 'examples' / 'hangzhou-2024.md')!r}).disclosure; gb.audit(d); "
        "import json; print(json.dumps([m for m in ('rich', 'moneyed', 'babel', 'hypothesis') if m in sys.modules]))"
    )
    assert json.loads(python(code)) == []


def test_every_public_name_is_there_and_listed() -> None:
    for name in govbudget.__all__:
        assert getattr(govbudget, name) is not None
    assert set(govbudget.__all__) == {n for names in govbudget._ROOMS.values() for n in names}
    assert set(govbudget.__all__) <= set(dir(govbudget))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = govbudget.nonsense


def test_every_public_name_is_documented() -> None:
    for name in govbudget.__all__:
        found = getattr(govbudget, name)
        if callable(found) and hasattr(found, "__module__"):
            assert found.__doc__, name


def test_the_wheel_is_what_is_tested() -> None:
    """`make test` installs the built wheel; nothing may come from the source tree then."""
    if not os.environ.get("GOVBUDGET_WHEEL"):
        pytest.skip("not run by make: an editable installation is tested")
    assert ROOT / "src" not in Path(govbudget.__file__).parents


def test_package_data_is_installed() -> None:
    for package, file in (
        ("govbudget", "py.typed"),
        ("govbudget.layouts", "data/hangzhou-unit-budget.toml"),
        ("govbudget.reports", "messages.toml"),
        ("govbudget.reports.machine", "check.schema.json"),
        ("govbudget.reports.reading_page", "page.css"),
        ("govbudget.classification", "data/editions/functional-2024.tsv"),
    ):
        assert (resources.files(package) / file).is_file(), file


def test_no_float_and_no_tolerance() -> None:
    """No float literal, no call of float(), no true division of amounts, and no parameter that is a tolerance."""
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}"
            if isinstance(node, ast.Constant):
                assert type(node.value) is not float, where
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"float", "round"}, where
            if isinstance(node, ast.arg):
                assert node.arg not in {"epsilon", "eps", "tolerance", "tol", "atol", "rtol"}, where


def test_files_are_small() -> None:
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in SOURCES}
    assert {name: n for name, n in lengths.items() if n > 420} == {}
    assert sum(n > 300 for n in lengths.values()) <= len(lengths) // 10


def test_values_are_mute() -> None:
    """The model opens no files and prints nothing."""
    for path in (ROOT / "src" / "govbudget" / "model").glob("*.py"):
        names = {n.id for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)}
        assert names.isdisjoint({"open", "print", "Path"}), path


def test_the_version_is_the_distributions() -> None:
    from importlib.metadata import version

    assert version("govbudget") == "0.1.0"
