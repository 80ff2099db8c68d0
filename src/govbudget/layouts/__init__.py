"""Layouts of published disclosures, as data: TOML files in ``data/``, one per place and form."""

from govbudget.layouts.load import layout, layout_ids, parse_layout, table_layout_ids
from govbudget.layouts.schema import (
    ColumnSpec,
    EntrySpec,
    LaneSpec,
    Layout,
    Role,
    SectionSpec,
    TableSpec,
    TermSpec,
    dated,
)
from govbudget.layouts.vocabulary import (
    TitleSpec,
    Vocabulary,
    WordSpec,
    is_selection,
    is_title_of,
    path_at,
    path_role,
    title_spec,
    vocabulary,
    word_specs,
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
    "TitleSpec",
    "Vocabulary",
    "WordSpec",
    "dated",
    "is_selection",
    "is_title_of",
    "layout",
    "layout_ids",
    "parse_layout",
    "path_at",
    "path_role",
    "table_layout_ids",
    "title_spec",
    "vocabulary",
    "word_specs",
]
