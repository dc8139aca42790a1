"""Payroll (SLS): reads its files of employments, pay and absences, and plays it in tests; never writes the database."""

from refusion.adapters.sls.reading import SlsReader

__all__ = ["SlsReader"]
