"""Reports to authorities: intent, attempt, outcome, inquiry."""
