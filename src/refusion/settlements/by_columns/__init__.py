"""Matching on columns: the ladder of evidence, a million rows at a time; knows no facts, no texts and no files."""
