"""Disclosures as files of every format, with the noise of real ones: written by other hands than the serializers."""

from govbudget.testing.paper.noise import Noise, lay
from govbudget.testing.paper.write import DOCUMENT_FORMATS, print_document

__all__ = ["DOCUMENT_FORMATS", "Noise", "lay", "print_document"]
