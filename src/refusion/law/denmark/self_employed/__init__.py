"""Sickness benefit of the self-employed (SDL §§ 41-46, 53, 58 a): who, from when, how much, how long; never whether a form was sent."""
