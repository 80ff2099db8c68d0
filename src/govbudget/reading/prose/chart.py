"""Labels of a pie chart (基本支出, 55.98%) that a document prints between its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govbudget.reading.prose.patterns import NUMBER

_LABEL = re.compile(rf"(?P<name>[^\d%。,:;()]{{2,20}})[,:;]?(?P<number>{NUMBER})%[,;]?")
_CHART = re.compile(rf"(?:{_LABEL.pattern.replace('?P<name>', '?:').replace('?P<number>', '?:')}){{2,}}")


def chart_labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the labels of a paragraph that holds nothing but such labels.

    >>> [(m["name"], m["number"]) for m in chart_labels("预留机动经费,9.82%项目支出,34.20%")]
    [('预留机动经费', '9.82'), ('项目支出', '34.20')]
    >>> list(chart_labels("项目支出5,573万元,占25.38%"))
    []
    """
    if len(text) <= 400 and text.endswith(("%", "%,", "%;")) and _CHART.fullmatch(text):
        yield from _LABEL.finditer(text)
