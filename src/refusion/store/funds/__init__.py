"""Keeps what funds are asked by report file and what they answer; decides nothing of amounts or states."""
