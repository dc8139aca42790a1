"""Keeps journal exports, proofs of the books and voids, and reads what proofs are made from; decides nothing."""
