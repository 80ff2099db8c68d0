"""Every example runs: docstrings, README, the files in examples/."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import govbudget

ROOT = Path(__file__).parents[2]
MODULES = ["govbudget", *(m.name for m in pkgutil.walk_packages(govbudget.__path__, "govbudget."))]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", [m for m in MODULES if not m.endswith("__main__")])
def test_docstrings(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert outcome.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_python_blocks_of_the_pages(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks marked ``python`` run, one after another in one namespace; ``>>>`` blocks are doctests."""
    monkeypatch.chdir(ROOT)
    text = page.read_text(encoding="utf-8")
    namespace: dict[str, object] = {"__name__": "page"}
    for block in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        if block.lstrip().startswith(">>>"):
            test = doctest.DocTestParser().get_doctest(block, namespace, page.name, str(page), 0)
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            runner.run(test, clear_globs=False)
            namespace = test.globs
            assert runner.failures == 0
        else:
            exec(compile(block, f"<{page.name}>", "exec"), namespace)  # a name no file has: tracebacks stay short


def test_the_toy_converter_is_short() -> None:
    """Built and tested with the kit in under 60 lines; that the two blocks run is tested with their page above."""
    text = (ROOT / "docs" / "how-to" / "test-a-converter.md").read_text(encoding="utf-8")
    built, tested = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[:2]
    assert "def convert(" in built
    assert "score_rows(convert" in tested
    assert len([*built.splitlines(), *tested.splitlines()]) < 60


def test_the_ten_lines() -> None:
    script = ROOT / "examples" / "ten_lines.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[0] == "杭州市职工服务中心（杭州市职工技术协作中心） 2024"
    assert "'violated': 1" in done.stdout
    assert "一般公共服务支出 10157300.00" in done.stdout


def test_the_readme_shows_the_real_output() -> None:
    """What README says `govbudget check` prints is what it prints."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^```console\n\$ govbudget check examples/hangzhou-2024.md\n(.*?)^```", readme, re.M | re.S)
    assert shown
    done = subprocess.run(
        [sys.executable, "-m", "govbudget", "check", "examples/hangzhou-2024.md"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.strip() == shown[1].strip()
    assert readme.index("make demo") < readme.index("make test") < 600


def test_nothing_speaks_of_a_machine() -> None:
    """No absolute path of a machine and no registry host in what is committed."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    telling = re.compile("/" + "work/|/" + "tmp/venv|/" + "root/|pypi" + r"\.org/simple")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".yml", ""}:
            assert not telling.search(path.read_text(encoding="utf-8", errors="ignore")), name
