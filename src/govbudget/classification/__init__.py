"""The subjects of Chinese government budgets, 政府收支分类科目, edition by edition.

>>> from govbudget.classification import Scheme, tree
>>> edition = tree(Scheme.FUNCTIONAL, 2024)
>>> [subject.name for subject in edition.path("2012950")]
['一般公共服务支出', '群众团体事务', '事业运行']

Nothing is read at import; an edition is read when it is first asked for. Where to look for what:

==================================================  ============================================================
an edition, its codes and names                     ``tree``, ``years``; ``Tree`` has the navigation of a tree
a code, name or path as a document prints it        ``lookup``, ``parse_path``
a column of names without codes                     ``resolve_names``, ``unwrap``
a part of a name                                    ``search``, ``select``
sets of subjects                                    ``selection``, ``select``, ``branches``, ``tops``, ``leaves``
what changed, and a code in another year            ``changes``, ``translate``, ``spells``
the other economic list; the same money elsewhere   ``government_economic_of``, ``economic_of``, ``functional_of``
COFOG, GFSM 2014, the four budgets                  ``cofog``, ``gfsm``, ``budget_of``
what stands behind a row                            ``Subject.standing``, ``sources_of``
lists of your own                                   ``load_tree``
==================================================  ============================================================

A row is attested (printed in a document), unverified (no document at hand) or historical (known from before 2017
only); a printed code is never wrong only because it is not among the rows.
"""

from govbudget.classification.budgets import Budget, budget_of
from govbudget.classification.editions import edition_year, load_tree, tree, years
from govbudget.classification.history import Change, Kind, changes
from govbudget.classification.international import Correspondence, cofog, gfsm
from govbudget.classification.links import (
    Link,
    department_economic_of,
    economic_of,
    functional_of,
    government_economic_of,
)
from govbudget.classification.paths import PrintedPath, lookup, parse_path
from govbudget.classification.provenance import Source, sources_of
from govbudget.classification.render import draw, rich_tree
from govbudget.classification.resolution import (
    Candidate,
    Resolution,
    ResolvedName,
    Status,
    resolve_in,
    resolve_names,
    unwrap,
)
from govbudget.classification.scheme import Scheme, Standing
from govbudget.classification.searching import Hit, search
from govbudget.classification.selections import (
    Selection,
    branches,
    leaves,
    select,
    selection,
    tops,
    with_ancestors,
)
from govbudget.classification.subject import Subject
from govbudget.classification.table import read_table
from govbudget.classification.translation import Exactness, Translation, translate
from govbudget.classification.trees import Tree
from govbudget.classification.validity import Spell, parent_years, spells

__all__ = [
    "Budget",
    "Candidate",
    "Change",
    "Correspondence",
    "Exactness",
    "Hit",
    "Kind",
    "Link",
    "PrintedPath",
    "Resolution",
    "ResolvedName",
    "Scheme",
    "Selection",
    "Source",
    "Spell",
    "Standing",
    "Status",
    "Subject",
    "Translation",
    "Tree",
    "branches",
    "budget_of",
    "changes",
    "cofog",
    "department_economic_of",
    "draw",
    "economic_of",
    "edition_year",
    "functional_of",
    "gfsm",
    "government_economic_of",
    "leaves",
    "load_tree",
    "lookup",
    "parent_years",
    "parse_path",
    "read_table",
    "resolve_in",
    "resolve_names",
    "rich_tree",
    "search",
    "select",
    "selection",
    "sources_of",
    "spells",
    "tops",
    "translate",
    "tree",
    "unwrap",
    "with_ancestors",
    "years",
]
