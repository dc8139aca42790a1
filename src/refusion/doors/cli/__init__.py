"""The command line: one module per verb, read by the frame in main; holds no rule of its own."""
