"""Lines of the table of procurement (政府采购预算表): what is bought, for which programme, and how.

Such a table is a tree printed in columns: a line for each class (货物, 工程, 服务), under it one for each programme and
economic subject, under that one for each thing. A cell that repeats the one above it is left blank or merged.
"""

from __future__ import annotations

from collections import Counter

import attrs

from govbudget.classification import Tree
from govbudget.model import Buying, Coordinate, PurchaseHead, combine
from govbudget.text import fold

_BUYING = {
    "政府集中采购": Buying.CENTRAL,
    "集中采购": Buying.CENTRAL,
    "部门集中采购": Buying.DEPARTMENT,
    "分散自行组织": Buying.OWN,
    "分散采购": Buying.OWN,
    "自行采购": Buying.OWN,
}


@attrs.define
class Purchases:
    """Where the table has got to: what stands above a blank cell.

    Attributes:
        economic: the economic classification of the year.
    """

    economic: Tree
    _kind: Coordinate = attrs.field(factory=Coordinate)
    _programme: str = ""
    _subject: str = ""
    _thing: str = ""
    _seen: Counter[tuple[Coordinate, str]] = attrs.field(factory=Counter)

    def enter(self, at: Coordinate) -> None:
        """Go to another class of purchases."""
        self._kind = at
        self._programme = self._subject = self._thing = ""

    def line(self, programme: str, subject: str, thing: str, form: str) -> tuple[PurchaseHead, Coordinate]:
        """Return the head and the coordinate of a line from its cells, blank where they repeat those above.

        >>> from govbudget.classification import Scheme, tree
        >>> lines = Purchases(tree(Scheme.DEPARTMENT_ECONOMIC, 2024))
        >>> lines.line("审判专项业务费", "维修（护）费", "", "")[1].purchase
        '审判专项业务费/维修（护）费'
        >>> head, at = lines.line("", "", "修缮工程", "分散自行组织")
        >>> at.purchase, head.programme, head.economic, head.buying
        ('审判专项业务费/维修（护）费/修缮工程/分散自行组织', '审判专项业务费', '30213', <Buying.OWN: 'own'>)
        """
        if programme:
            self._programme, self._subject = programme, ""
        self._subject = subject or self._subject
        if programme or subject:
            self._thing = ""
        self._thing = thing or self._thing
        of_thing = bool(thing or form)
        head = PurchaseHead(
            programme=self._programme,
            subject=self._subject,
            economic=self._key(self._subject),
            thing=self._thing if of_thing else "",
            form=form,
            buying=_BUYING.get(fold(form)),
        )
        parts = (head.programme, head.subject, head.thing, head.form) if of_thing else (head.programme, head.subject)
        key = "/".join(part.replace("/", "／").replace("~", "～") for part in parts)
        self._seen[self._kind, key] += 1
        again = self._seen[self._kind, key]
        # A second line of the same words is another purchase, not another witness of the first.
        return head, combine(self._kind, Coordinate(purchase=f"{key}（{again}）" if again > 1 else key))

    def _key(self, name: str) -> str:
        codes = {subject.code for subject in self.economic.named(fold(name))} if name else set()
        return codes.pop() if len(codes) == 1 else ""
