"""Payroll files in: raw first, then read, then absorbed as versions."""
