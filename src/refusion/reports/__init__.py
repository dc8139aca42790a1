"""Reports: columns, words and totals of rows already fetched; never fetches, never knows the day."""
