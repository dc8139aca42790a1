"""Each month of a Norwegian claim as an open item: what was booked, what NAV paid, why the two differ; never how it is stored."""
