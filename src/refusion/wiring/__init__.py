"""Puts real things into ports: settings, the private database server, keys, the clock; decides nothing about refunds."""
