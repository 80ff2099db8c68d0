"""Layouts of published disclosures, as data: TOML files in ``data/``, one per place and form."""

from govbudget.layouts.load import layout, layout_ids, parse_layout
from govbudget.layouts.schema import (
    ColumnSpec,
    EntrySpec,
    LaneSpec,
    Layout,
    Role,
    SectionSpec,
    TableSpec,
    TermSpec,
)

__all__ = [
    "ColumnSpec",
    "EntrySpec",
    "LaneSpec",
    "Layout",
    "Role",
    "SectionSpec",
    "TableSpec",
    "TermSpec",
    "layout",
    "layout_ids",
    "parse_layout",
]
