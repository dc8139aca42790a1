"""Norwegian refunds compared and summed up: pure functions of rows already fetched; never a page, never a query."""
