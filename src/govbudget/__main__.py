"""``python -m govbudget`` is the ``govbudget`` command."""

import sys

from govbudget.cli import main

if __name__ == "__main__":
    sys.exit(main())
