"""Pure mathematics over integers: what printed figures allow, and whether they can stand together.

This room knows no budget. A printed figure is a :class:`Known`: the printed value and the closed range of exact
values that print so. There is no tolerance to choose anywhere.
"""

from govbudget.consistency.grade import Grade, Verdict
from govbudget.consistency.ratio import grade_growth, grade_share
from govbudget.consistency.relations import Known, grade_at_most, grade_same, grade_sum, meet

__all__ = [
    "Grade",
    "Known",
    "Verdict",
    "grade_at_most",
    "grade_growth",
    "grade_same",
    "grade_share",
    "grade_sum",
    "meet",
]
