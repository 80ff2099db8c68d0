"""The table of all documents: what is read together, what is counted, and what it looks like."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
from rich.cells import cell_len
from rich.console import Console

from govbudget.invariants import AuditReport, verdict_counts
from govbudget.reading import Reading

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus", ROOT / "tools" / "corpus.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # attrs looks the module of a class up
    spec.loader.exec_module(module)
    return module


def put(folder: Path, files: dict[str, str], listed: Sequence[object] | None = None) -> None:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    if listed is not None:
        (folder / "meta.json").write_text(json.dumps({"files": listed}), encoding="utf-8")


def test_the_example_as_json(
    corpus: ModuleType,
    example: Reading,
    example_report: AuditReport,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert corpus.main(["--json", "--cases", str(tmp_path / "none")]) == 0
    captured = capsys.readouterr()
    assert "only the project's own example is read" in captured.err
    (row,) = json.loads(captured.out)
    assert row["body"] == "杭州市职工服务中心（杭州市职工技术协作中心） 2024"
    assert (row["tables"], row["cells"], row["unread"], row["error"]) == (11, 213, 0, "")
    assert row["claims"] == sum(len(section.claims) for section in example.disclosure.narrative.sections)
    assert row["comparisons"] == {verdict.value: n for verdict, n in verdict_counts(example_report).items()}
    assert sum(row["reader"].values()) == len(example.findings)
    assert sum(row["audit"].values()) == len(example_report.findings)
    assert row["seconds"] > 0


def test_what_belongs_together(corpus: ModuleType, tmp_path: Path) -> None:
    put(tmp_path / "plain", {"source.txt": "一"})
    two = [{"file": "b.pdf", "role": "narrative"}, {"file": "a.pdf", "role": "tables"}]
    put(tmp_path / "two", {"a.pdf": "", "b.pdf": "", "a.pages.txt": ""}, two)
    blank = [{"file": name, "role": "blank template"} for name in ("u.xlsx", "d.xlsx")]
    put(tmp_path / "blank", {"u.xlsx": "", "d.xlsx": ""}, blank)
    put(tmp_path / "parts", {"EXCERPTS.md": "一"}, ["EXCERPTS.md"])
    jobs, passed_over = corpus.found_in(tmp_path)
    assert [(job.name, [path.name for path in job.files]) for job in jobs] == [
        ("blank/u.xlsx", ["u.xlsx"]),
        ("blank/d.xlsx", ["d.xlsx"]),
        ("plain", ["source.txt"]),
        ("two", ["b.pdf", "a.pdf"]),
    ]
    assert passed_over == ["parts"]


def test_the_table_stands_straight(
    corpus: ModuleType, example_report: AuditReport, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document that cannot be read is a line of the table and an exit status; Chinese names shift no column."""
    put(tmp_path / "empty", {"source.txt": ""})
    assert corpus.main(["--cases", str(tmp_path)]) == 2
    out = capsys.readouterr().out
    lines = [line for line in out.splitlines() if line.strip()]
    assert {cell_len(line) for line in lines} == {cell_len(lines[0])}
    assert any("杭州市职工服务中心" in line for line in lines)
    assert any("the document is empty" in line for line in lines)
    example = next(line for line in lines if line.strip().startswith("example"))
    counts = verdict_counts(example_report).values()
    assert example.split()[4:9] == [str(count) for count in counts]
    assert "2 documents" in lines[-1]
    narrow = Console(width=100, file=io.StringIO())
    with narrow.capture() as captured:
        narrow.print(corpus.view([corpus.measure(corpus.Job("例", (corpus.EXAMPLE,)))]))
    assert max(cell_len(line) for line in captured.get().splitlines()) <= 100


def test_only_those_named(corpus: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "empty", {"source.txt": ""})
    assert corpus.main(["--cases", str(tmp_path), "exam", "--json"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == ["example"]
