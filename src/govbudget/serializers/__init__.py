"""Serializers, one file per format: JSON keeps everything, printed forms read back as an equal model."""

from govbudget.serializers.formats import (
    FORMATS,
    Format,
    Keeps,
    format_of,
    from_bytes,
    known_formats,
    named_format,
    open_saved,
    save,
)
from govbudget.serializers.json import dumps, load, loads
from govbudget.serializers.lines import load_lines, save_lines
from govbudget.serializers.migrations import VERSION
from govbudget.serializers.restate import Rounding, restated

__all__ = [
    "FORMATS",
    "VERSION",
    "Format",
    "Keeps",
    "Rounding",
    "dumps",
    "format_of",
    "from_bytes",
    "known_formats",
    "load",
    "load_lines",
    "loads",
    "named_format",
    "open_saved",
    "restated",
    "save",
    "save_lines",
]
