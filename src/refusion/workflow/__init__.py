"""The verbs of the house, one a file, each one transaction; it speaks to the world through ports and knows no SQL."""
