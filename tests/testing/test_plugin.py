"""The plugin of pytest: its fixtures, what a failure looks like, and how light it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TEST = """
from govbudget.testing import FaultKind

def test_good(make_disclosure, assert_consistent, assert_same_disclosure):
    made = make_disclosure(narrative=True)
    assert_consistent(made)
    assert_same_disclosure(made, make_disclosure(narrative=True))
    assert made != make_disclosure(number=1, narrative=True)

def test_bad(make_disclosure, disclosure_faults, assert_consistent):
    fault = next(disclosure_faults(make_disclosure(), kinds=[FaultKind.SIGN]))
    assert_consistent(fault.disclosure, allow=["completeness"])
"""


def run(folder: Path, *options: str) -> str:
    (folder / "test_it.py").write_text(TEST, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "govbudget.testing.plugin", "-p", "no:cacheprovider", *options]
    alone = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [*command, str(folder)], capture_output=True, text=True, encoding="utf-8", cwd=folder, env=alone, check=False
    )
    return done.stdout


def test_fixtures_and_a_readable_failure(tmp_path: Path) -> None:
    out = run(tmp_path, "--govbudget-seed=3")
    assert "1 failed, 1 passed" in out
    failure = out[out.index("AssertionError") :]
    assert "findings" in failure or "1 finding" in failure
    assert "at table" in failure
    assert "asserts.py" not in failure  # the traceback ends in the test, not in the kit


def test_the_plugin_is_light() -> None:
    """Loaded in every run of pytest: it must bring nothing of govbudget but its own file."""
    code = "import sys, govbudget.testing.plugin; print(sorted(m for m in sys.modules if m.startswith('govbudget')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['govbudget', 'govbudget.testing', 'govbudget.testing.plugin']"


def test_the_kit_without_hypothesis_says_what_to_install() -> None:
    """Faults, scores and publishing work without it; strategies say what they need."""
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from govbudget.testing import make, faults, publish\n"
        "print(len(list(faults(make(seed=1), kinds=['sign']))))\n"
        "from govbudget.errors import MissingExtra\n"
        "try:\n    from govbudget.testing import consistent_disclosures\n"
        "except MissingExtra as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[0] == "1"
    assert "govbudget[testing]" in done.stdout
