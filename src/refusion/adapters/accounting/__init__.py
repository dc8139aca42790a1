"""Accounting programs that take our journal: Navision Stat, any reader of CSV, and plain-text ledgers; posts nothing itself."""
