"""Run every benchmark of this folder, one after another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the scripts of this folder and of the folders in it; modules that they share have no ``main``."""
    scripts = [path for path in sorted(HERE.rglob("*.py")) if "def main(" in path.read_text(encoding="utf-8")]
    status = 0
    for script in scripts:
        if script == Path(__file__).resolve():
            continue
        print(f"\n== {script.relative_to(HERE)}", flush=True)
        status |= subprocess.run([sys.executable, str(script)], check=False).returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
