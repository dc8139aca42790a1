"""Statutes as functions with their dated figures: says what the law gives and why; knows no case, no clock, no database."""
