"""The ten ways in which a pot of the family of agreements is shared."""
