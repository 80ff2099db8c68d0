"""From a document to a :class:`~govbudget.model.Disclosure`, by a layout; what is not understood is a finding."""

from govbudget.reading.ledger import NumberRole, NumberUse
from govbudget.reading.read import Reading, read, read_document
from govbudget.reading.remarks import REMARKS

__all__ = ["REMARKS", "NumberRole", "NumberUse", "Reading", "read", "read_document"]
