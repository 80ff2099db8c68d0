"""Write the JSON Schema of the package anew: ``make docs`` after a change of the model."""

from __future__ import annotations

from pathlib import Path

from govbudget.serializers.schema import schema_text

TARGET = Path(__file__).parents[1] / "src" / "govbudget" / "serializers" / "data" / "disclosure.schema.json"

if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(schema_text(), encoding="utf-8")
    print(TARGET)
