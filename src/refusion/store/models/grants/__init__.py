"""The tables of grant agreements at work; never their rules."""
