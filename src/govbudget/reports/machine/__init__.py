"""Audits for other programs: JSON with a schema, SARIF, JUnit, CSV, and the ESS validation report as a mapping."""

from govbudget.reports.machine.checked import Checked, findings_of
from govbudget.reports.machine.data import check_data, place_data, schema
from govbudget.reports.machine.ess import ess_report
from govbudget.reports.machine.junit import junit
from govbudget.reports.machine.sarif import sarif
from govbudget.reports.machine.table import csv_text

__all__ = [
    "Checked",
    "check_data",
    "csv_text",
    "ess_report",
    "findings_of",
    "junit",
    "place_data",
    "sarif",
    "schema",
]
