"""What a person must answer or see, opened as tasks."""
