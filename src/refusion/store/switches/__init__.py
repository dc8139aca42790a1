"""What an institution switched on and off, kept and read; decides nothing of what follows from it."""
