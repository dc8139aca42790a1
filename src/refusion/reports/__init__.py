"""Reports: columns, words and totals of rows already fetched; never fetches, never knows the day."""

from refusion.reports.building import BUILDERS, build
from refusion.reports.catalogue import NAMES, Rows, built, require_known
from refusion.reports.report import Column, Report, Unit

__all__ = ["BUILDERS", "NAMES", "Column", "Report", "Rows", "Unit", "build", "built", "require_known"]
