"""The views, one module per page: read what was asked, call one read or verb, show; never a decision of the house."""
