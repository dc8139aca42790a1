"""What persons do: answer, enter facts, close differences, try again."""
