"""The ten lines of the README: read a budget, audit it, total it, save it."""

from pathlib import Path

import govbudget as gb

reading = gb.read(Path(__file__).with_name("hangzhou-2024.md"))
budget = reading.disclosure
print(budget.organization.name, budget.year)

report = gb.audit(budget)
print({verdict.value: count for verdict, count in gb.verdict_counts(report).items()})

for row in gb.rollup(budget, by="functional", level=1, fund=gb.Fund.GENERAL).rows:
    print(row.label, row.money.amount)

assert gb.loads(gb.dumps(budget)) == budget
