"""Run every benchmark of this folder, one after another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the scripts; a folder is run by its ``run.py``."""
    scripts = sorted([*HERE.glob("*.py"), *HERE.glob("*/run.py")])
    status = 0
    for script in scripts:
        if script.name == "run.py" and script.parent == HERE:
            continue
        print(f"\n== {script.relative_to(HERE)}", flush=True)
        status |= subprocess.run([sys.executable, str(script)], check=False).returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
