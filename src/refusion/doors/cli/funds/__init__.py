"""The command line of funds that are asked by report file; decides nothing."""
