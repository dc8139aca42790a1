"""The tables of self-employed persons' cases; never their rules."""
