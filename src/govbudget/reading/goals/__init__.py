"""Forms that declare what a project is to achieve (项目支出绩效目标申报表), read cell by cell.

Such a form is no table with columns: fields with their labels, two blocks of money side by side, goals under their
headings, and lists of indicators under headers of their own. Blank cells say nothing of where one of them ends, so
everything is found by its words. What no words explain is told; without a project and a header of indicators it is no
such form.
"""

from govbudget.reading.goals.form import goals_of
from govbudget.reading.goals.lists import declares_goals

__all__ = ["declares_goals", "goals_of"]
