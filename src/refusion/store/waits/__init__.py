"""What waits and who sees it, kept and read; decides nothing of who that is."""
