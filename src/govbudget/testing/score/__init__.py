"""How good a checker or a converter is: detection, false alarms, localisation; figures right, wrong and missed."""

from govbudget.testing.score.checkers import Checker, CheckerScore, Complaint, own_checker, score_checker
from govbudget.testing.score.converters import Converter, ConverterScore, score_converter
from govbudget.testing.score.proof import is_undetectable
from govbudget.testing.score.rows import Row, RowsScore, rows_of, score_rows

__all__ = [
    "Checker",
    "CheckerScore",
    "Complaint",
    "Converter",
    "ConverterScore",
    "Row",
    "RowsScore",
    "is_undetectable",
    "own_checker",
    "rows_of",
    "score_checker",
    "score_converter",
    "score_rows",
]
