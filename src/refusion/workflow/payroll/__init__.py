"""Payroll files in, raw first and then all rows or none; and what the house knows from them."""
