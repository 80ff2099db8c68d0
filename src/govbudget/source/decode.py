"""Bytes to text, by the encodings in which disclosures are published."""

from __future__ import annotations

from govbudget.errors import SourceError


def decode(data: bytes, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the text and, where the encoding is not UTF-8, a remark that names it.

    Raises:
        SourceError: the bytes are no text in UTF-8, UTF-16 or GB18030.
    """
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if encoding == "gb18030" and not _looks_chinese(text):
            break
        return text, () if encoding == "utf-8-sig" else (("source-encoding", encoding),)
    raise SourceError(
        "the bytes are no text in UTF-8, UTF-16 or GB18030", place=name, hint="save the file as UTF-8 and try again"
    )


def _looks_chinese(text: str) -> bool:
    """GB18030 decodes nearly everything: believe it only where words of every budget come out."""
    return sum(word in text for word in ("预算", "决算", "单位", "支出", "收入", "合计")) >= 2
