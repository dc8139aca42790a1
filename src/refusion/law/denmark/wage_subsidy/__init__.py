"""Løntilskud (lov om en aktiv beskæftigelsesindsats kap. 12): the hourly subsidy, its limits and its length."""
