"""Claims made, brought up to date and corrected."""
