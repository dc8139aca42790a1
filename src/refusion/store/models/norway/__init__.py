"""The tables of Norwegian refunds; they say what is kept and never decide."""
