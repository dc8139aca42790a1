"""What whole files and whole days ask of the tables: staged, compared and written as sets; never row by row, never deciding."""
