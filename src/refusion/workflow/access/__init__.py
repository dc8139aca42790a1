"""Machines come in by tokens and are answered once; what a token may do is decided in ``access``, never here."""
