"""Findings and budgets as something a person looks at. Checking is done elsewhere; here are only words and layout."""

from govbudget.reports.words import message, place_words, title

__all__ = ["message", "place_words", "title"]
