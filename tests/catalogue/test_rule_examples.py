"""The examples of every rule: what holds is found right, what breaks wrong, what cannot be looked at says so."""

from __future__ import annotations

import pytest

from govbudget.errors import GovBudgetError
from govbudget.invariants import CATALOGUE, Rule, example_faults, sketch


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    assert list(example_faults(rule)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[3 nonsense]\n| a\n合计 | 1", "no table 'nonsense'"),
        ("[3 expenditure]\n| a\n合计 | 1 | 2", "2 cells for 1 columns"),
        ("[3 expenditure]\n| a = fun\n合计 | 1", "'fun' is no word of a coordinate"),
        ("[3 expenditure]\n| a = operating\n合计 | 1", "fund=operating or use=operating"),
        ("[3 expenditure]\n| a\n合计 | 1l", "letters stand among the digits"),
        ("## x {y}\nz => amounts general: 3万元", "no claim 'amounts'"),
        ("## x {y}\nz => growth general: -3% ", "says with what"),
        ("unit budget twothousand", "says nothing of a disclosure"),
    ],
)
def test_a_sketch_that_does_not_fit_says_where(text: str, told: str) -> None:
    with pytest.raises(GovBudgetError) as caught:
        sketch(text)
    assert told in str(caught.value)
    assert "line" in str(caught.value)
