"""The tables of funds; constraints and rights stand elsewhere."""
