"""Hypothesis strategies: numbers, subjects, any valid model, and whole disclosures that hold together."""

from govbudget.testing.strategies.budgets import (
    DepartmentWithUnits,
    bodies,
    consistent_disclosures,
    departments,
    leaves,
    series,
    shapes,
    subjects,
)
from govbudget.testing.strategies.models import coordinates, disclosures
from govbudget.testing.strategies.numbers import amounts, printed_amounts
from govbudget.testing.strategies.printouts import PrintedDocument, documents

__all__ = [
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
]
