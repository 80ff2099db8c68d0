"""The long table as frames of pandas and Polars: amounts stay decimals, words categories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from govbudget.aggregation.bulk.arrow import to_arrow
from govbudget.source.extras import need

if TYPE_CHECKING:
    from govbudget.model import Disclosure


def to_pandas(disclosures: Disclosure | Iterable[Disclosure]) -> Any:
    """Return the long table as a ``pandas.DataFrame``, its columns backed by Arrow (decimals stay decimals).

    Raises:
        MissingExtra: pandas or pyarrow is not installed.
    """
    pandas = need("pandas", "pandas", "the long table as a frame of pandas")
    return to_arrow(disclosures).to_pandas(types_mapper=pandas.ArrowDtype)


def to_polars(disclosures: Disclosure | Iterable[Disclosure]) -> Any:
    """Return the long table as a ``polars.DataFrame``: amounts as Decimal(38, 2) in 元, words as Categorical.

    Raises:
        MissingExtra: polars or pyarrow is not installed.
    """
    polars = need("polars", "polars", "the long table as a frame of Polars")
    return polars.from_arrow(to_arrow(disclosures))
