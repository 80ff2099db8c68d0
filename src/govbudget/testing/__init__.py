"""What converter authors and auditors test with: Hypothesis strategies and budgets built from the leaves up.

Needs Hypothesis: ``pip install 'govbudget[testing]'``.
"""

from govbudget.errors import MissingExtra

try:
    import hypothesis  # noqa: F401
except ImportError as error:  # pragma: no cover - the extra is installed wherever tests run
    raise MissingExtra("govbudget.testing needs Hypothesis", hint="pip install 'govbudget[testing]'") from error

from govbudget.testing.faults import Fault, figure_faults
from govbudget.testing.line_faults import LineFault, line_faults
from govbudget.testing.places import without_places
from govbudget.testing.publish import Leaf, publish
from govbudget.testing.render import render_markdown, render_text
from govbudget.testing.strategies import amounts, consistent_disclosures, disclosures, printed_amounts

__all__ = [
    "Fault",
    "Leaf",
    "LineFault",
    "amounts",
    "consistent_disclosures",
    "disclosures",
    "figure_faults",
    "line_faults",
    "printed_amounts",
    "publish",
    "render_markdown",
    "render_text",
    "without_places",
]
