"""Deadlines, money at risk and deviations that a person must see; never what is done about them."""
