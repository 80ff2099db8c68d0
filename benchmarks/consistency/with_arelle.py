"""The sums of a document through Arelle: an instance with a calculation linkbase, XBRL Calculations 1.1."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from arelle import ValidateXbrlCalcs
from arelle.api.Session import Session
from arelle.RuntimeOptions import RuntimeOptions
from arelle.ValidateXbrlCalcs import ValidateCalcsMode

from govbudget.consistency import Relation

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.consistency import xbrl

Job = Callable[[], set[int]]
"""Validates once and returns the relations objected to."""


def written(folder: Path, relations: Sequence[Relation], values: Sequence[int]) -> Path:
    """The instance; the values are hundreds of 元, as 万元 with two decimals are."""
    facts = {f"F{i}": 100 * value for i, value in enumerate(values)}
    sums = [(f"F{minus[0]}", [(f"F{i}", 1) for i in plus]) for plus, minus, _ in relations]
    return xbrl.write_instance(folder, facts, sums, decimals=-2)


class Arelle:
    """One session for all runs, as a service would keep it; files of its own go into ``folder``."""

    def __init__(self, folder: Path) -> None:
        os.environ.update(XDG_CONFIG_HOME=str(folder), HOME=str(folder))
        self.session = Session()
        self.log = folder / "log.txt"

    def load_and_validate(self, instance: Path, relations: Sequence[Relation]) -> Job:
        """From the files to what Arelle objects to."""
        options = RuntimeOptions(
            entrypointFile=str(instance), validate=True, calcs="round-to-nearest", internetConnectivity="offline"
        )

        def run() -> set[int]:
            before = self.log.stat().st_size if self.log.exists() else 0
            self.session.run(options, logFileName=self.log)
            with self.log.open(encoding="utf-8") as log:
                log.seek(before)
                return _objected(log.read(), relations)

        return run

    def calculations_alone(self, instance: Path, relations: Sequence[Relation]) -> Job:
        """The sums alone, on a model that is loaded already: the fastest there is."""
        options = RuntimeOptions(
            entrypointFile=str(instance), validate=False, internetConnectivity="offline", keepOpen=True
        )
        self.session.run(options, logFileName=self.log)
        model = self.session.get_models()[-1]

        def run() -> set[int]:
            said = ValidateXbrlCalcs.validate(model, ValidateCalcsMode.ROUND_TO_NEAREST)
            return _objected("\n".join(str(one.msg) % one.args for one in said), relations)

        return run


def _objected(log: str, relations: Sequence[Relation]) -> set[int]:
    """Sums of one total are told apart by the role: the first has the standard one, the second /1, and so on."""
    of_total: dict[int, list[int]] = {}
    for number, (_, minus, _) in enumerate(relations):
        of_total.setdefault(minus[0], []).append(number)
    found = set()
    for match in xbrl.objections(log, r"F(?P<number>\d+)"):
        role = match["role"].rpartition("/")[2]
        found.add(of_total[int(match["number"])][int(role) if role.isdigit() else 0])
    return found
