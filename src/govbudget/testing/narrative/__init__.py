"""Narratives (情况说明) made from exact money: sentences in every form that is read, with the claims they make."""

from govbudget.testing.narrative.books import Books
from govbudget.testing.narrative.compose import narrate

__all__ = ["Books", "narrate"]
