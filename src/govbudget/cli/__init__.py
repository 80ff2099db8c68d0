"""The ``govbudget`` command, one file per subcommand.

Exit status: 0 clean, 1 findings (errors or warnings), 2 something could not be read or written.
"""

from govbudget.cli.main import main

__all__ = ["main"]
