"""Verbs that need no database: worked cases, rules and dates of law, calculation of whole files."""
