"""Serializers, one file per format: JSON keeps everything, printed forms read back as an equal model."""

from govbudget.serializers.formats import FORMATS, Format, format_of, known_formats, save
from govbudget.serializers.json import dumps, load, loads
from govbudget.serializers.lines import load_lines, save_lines
from govbudget.serializers.migrations import VERSION

__all__ = [
    "FORMATS",
    "VERSION",
    "Format",
    "dumps",
    "format_of",
    "known_formats",
    "load",
    "load_lines",
    "loads",
    "save",
    "save_lines",
]
