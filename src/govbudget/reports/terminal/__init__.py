"""An audit and a budget on the terminal, with rich."""

from govbudget.reports.terminal.check import across_view, check_view
from govbudget.reports.terminal.common import write
from govbudget.reports.terminal.show import show_view

__all__ = ["across_view", "check_view", "show_view", "write"]
