"""Hold what a check writes for other programs against the official schemas, which are not ours to hand on.

Usage: ``python tools/check_formats.py [--sarif FILE] [--ess FILE] [--junit FILE] DOCUMENT ...``, with the schemas taken
from where they are published:

- SARIF: ``sarif-2.1/schema/sarif-schema-2.1.0.json`` of https://github.com/oasis-tcs/sarif-spec
- ESS: ``json/validation_report_1.0.0.json`` of https://github.com/data-cleaning/ValidatReport; it lacks a comma after
  ``"id" : ""`` as published, which is mended on the way
- JUnit: ``junit-10.xsd`` of https://github.com/jenkinsci/xunit-plugin, in ``src/main/resources/org/jenkinsci/plugins/
  xunit/types/model/xsd``

Every document is checked as it is and with one fault of every kind put in, in both languages, and all of them together.
Exit status 1 where anything does not fit.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
from lxml import etree  # type: ignore[import-untyped]

from govbudget.invariants import audit
from govbudget.reading import Reading, read
from govbudget.reports.machine import Checked, ess_report, junit, sarif
from govbudget.reports.words import Lang
from govbudget.testing import faults


def checks(readings: Iterable[tuple[str, Reading]]) -> Iterator[tuple[str, Checked]]:
    """Yield the checks whose output is held against the schemas, by name."""
    every = list(readings)
    for name, reading in every:
        yield name, Checked(audit(reading.disclosure), (reading.findings,))
        for fault in faults(reading.disclosure):
            yield f"{name} {fault!r}", Checked(audit(fault.disclosure), (reading.findings,))
    together = audit([reading.disclosure for _, reading in every])
    yield "all together", Checked(together, tuple(reading.findings for _, reading in every))


def validator(path: str) -> Any:
    """Return the validator of a JSON schema in a file."""
    schema = json.loads(re.sub(r'("id"\s*:\s*"")(\s*")', r"\1,\2", Path(path).read_text(encoding="utf-8")))
    schema = {key: value for key, value in schema.items() if value != ""}  # an empty id is none
    return jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())


def complaints(checked: Checked, lang: Lang, schemas: argparse.Namespace) -> Iterator[str]:
    """Yield what does not fit."""
    for name, written in (("sarif", sarif), ("ess", ess_report)):
        if getattr(schemas, name):
            data = json.loads(json.dumps(written(checked, lang)))
            for error in validator(getattr(schemas, name)).iter_errors(data):
                yield f"{name} {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
    if schemas.junit:
        xsd = etree.XMLSchema(etree.parse(schemas.junit))
        if not xsd.validate(etree.fromstring(junit(checked, lang).encode())):
            yield from (f"junit {error}" for error in xsd.error_log)


def main() -> int:
    """Check the documents."""
    parser = argparse.ArgumentParser(description="Hold what a check writes against the official schemas.")
    for name in ("sarif", "ess", "junit"):
        parser.add_argument(f"--{name}", metavar="FILE", help=f"the schema of {name}")
    parser.add_argument("documents", nargs="+", metavar="DOCUMENT")
    arguments = parser.parse_args()
    count = wrong = 0
    for name, checked in checks((path, read(path)) for path in arguments.documents):
        for lang in get_args(Lang):
            count += 1
            for text in complaints(checked, lang, arguments):
                wrong += 1
                print(f"{name} ({lang}): {text}")
    print(f"{count} outputs of each format, {wrong} complaints")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
