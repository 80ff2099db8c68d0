"""What converter authors and auditors test with: generated disclosures, labelled faults, scores, and a pytest plugin.

The strategies need Hypothesis (``pip install 'govbudget[testing]'``); all else needs nothing more. Every name is
loaded when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; the plugin of pytest must be light
if TYPE_CHECKING:
    from govbudget.testing.asserts import assert_consistent, assert_same
    from govbudget.testing.budgets import Rounding, Shape
    from govbudget.testing.made import make
    from govbudget.testing.money import Leaf, Ledger, Purchase
    from govbudget.testing.paper import DOCUMENT_FORMATS, Noise, print_document
    from govbudget.testing.places import without_places
    from govbudget.testing.press import controlled, publish
    from govbudget.testing.printable import is_printable
    from govbudget.testing.render import render_markdown, render_text
    from govbudget.testing.score import (
        CheckerScore,
        Complaint,
        ConverterScore,
        Row,
        RowsScore,
        is_undetectable,
        own_checker,
        rows_of,
        score_checker,
        score_converter,
        score_rows,
    )
    from govbudget.testing.spoil import (
        Change,
        Fault,
        FaultKind,
        LabelledFault,
        LineFault,
        faults,
        figure_faults,
        line_faults,
    )
    from govbudget.testing.strategies import (
        DepartmentWithUnits,
        PrintedDocument,
        amounts,
        bodies,
        consistent_disclosures,
        coordinates,
        departments,
        disclosures,
        documents,
        leaves,
        printed_amounts,
        series,
        shapes,
        subjects,
    )

_ROOMS = {
    "asserts": ("assert_consistent", "assert_same"),
    "budgets": ("Rounding", "Shape"),
    "made": ("make",),
    "paper": ("DOCUMENT_FORMATS", "Noise", "print_document"),
    "money": ("Leaf", "Ledger", "Purchase"),
    "places": ("without_places",),
    "printable": ("is_printable",),
    "press": ("controlled", "publish"),
    "render": ("render_markdown", "render_text"),
    "score": (
        "CheckerScore",
        "Complaint",
        "ConverterScore",
        "Row",
        "RowsScore",
        "is_undetectable",
        "own_checker",
        "rows_of",
        "score_checker",
        "score_converter",
        "score_rows",
    ),
    "spoil": (
        "Change",
        "Fault",
        "FaultKind",
        "LabelledFault",
        "LineFault",
        "faults",
        "figure_faults",
        "line_faults",
    ),
    "strategies": (
        "DepartmentWithUnits",
        "PrintedDocument",
        "amounts",
        "bodies",
        "consistent_disclosures",
        "coordinates",
        "departments",
        "disclosures",
        "documents",
        "leaves",
        "printed_amounts",
        "series",
        "shapes",
        "subjects",
    ),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "DOCUMENT_FORMATS",
    "Change",
    "CheckerScore",
    "Complaint",
    "ConverterScore",
    "DepartmentWithUnits",
    "Fault",
    "FaultKind",
    "LabelledFault",
    "Leaf",
    "Ledger",
    "LineFault",
    "Noise",
    "PrintedDocument",
    "Purchase",
    "Rounding",
    "Row",
    "RowsScore",
    "Shape",
    "amounts",
    "assert_consistent",
    "assert_same",
    "bodies",
    "consistent_disclosures",
    "controlled",
    "coordinates",
    "departments",
    "disclosures",
    "documents",
    "faults",
    "figure_faults",
    "is_printable",
    "is_undetectable",
    "leaves",
    "line_faults",
    "make",
    "own_checker",
    "print_document",
    "printed_amounts",
    "publish",
    "render_markdown",
    "render_text",
    "rows_of",
    "score_checker",
    "score_converter",
    "score_rows",
    "series",
    "shapes",
    "subjects",
    "without_places",
]


def __getattr__(name: str) -> object:
    room = _ROOM_OF.get(name)
    if room is None:
        raise AttributeError(f"module 'govbudget.testing' has no attribute {name!r}")
    from importlib import import_module

    try:
        found: object = getattr(import_module(f"govbudget.testing.{room}"), name)
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        from govbudget.errors import MissingExtra

        raise MissingExtra(f"{name} needs Hypothesis", hint="pip install 'govbudget[testing]'") from error
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
