"""A reading as one HTML page: where every number went, how the tables were recognised, what was left over."""

from govbudget.reports.reading_page.page import LIMIT, reading_page, save_reading_page

__all__ = ["LIMIT", "reading_page", "save_reading_page"]
