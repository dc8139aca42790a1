"""Puts the outside world of other countries into its ports; decides nothing."""
