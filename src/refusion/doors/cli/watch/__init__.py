"""The verbs on what waits and who sees it; decides nothing."""
