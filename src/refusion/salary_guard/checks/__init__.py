"""Checks of a pay run below the limit, each explained by what was expected; they never stop a payment themselves."""
