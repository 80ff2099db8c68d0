"""Lossless serializers, one file per format. What is written reads back as an equal model."""

from govbudget.serializers.json import VERSION, dumps, load, loads, save

__all__ = ["VERSION", "dumps", "load", "loads", "save"]
