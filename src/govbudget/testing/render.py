"""A disclosure as the text or Markdown that the readers read: the printed forms of :mod:`govbudget.serializers`."""

from __future__ import annotations

from govbudget.model import Disclosure
from govbudget.serializers.printed import plain


def render_text(disclosure: Disclosure) -> str:
    """Print a disclosure as text with tab-separated cells."""
    return plain.text(disclosure)


def render_markdown(disclosure: Disclosure) -> str:
    """Print a disclosure as Markdown with pipe tables."""
    return plain.markdown(disclosure)
