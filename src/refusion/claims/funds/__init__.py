"""What a job's wage gives of the municipality and the state's own funds: rights, periods, amounts, netting; never files, never asks."""
