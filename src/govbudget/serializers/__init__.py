"""Serializers, one file per format: JSON keeps everything, printed forms read back as an equal model."""

from govbudget.serializers.formats import FORMATS, Format, format_of, known_formats, save
from govbudget.serializers.json import VERSION, dumps, load, loads

__all__ = ["FORMATS", "VERSION", "Format", "dumps", "format_of", "known_formats", "load", "loads", "save"]
