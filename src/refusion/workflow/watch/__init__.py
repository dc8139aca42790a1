"""What waits is seen by somebody: late tasks climb, hours are asked for, orders followed, stops kept in sight; files nothing itself."""
