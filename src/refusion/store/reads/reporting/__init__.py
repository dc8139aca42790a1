"""Reads the rows of reports that are not about claims alone: losses, timeliness, money to come, work; never adds up."""
