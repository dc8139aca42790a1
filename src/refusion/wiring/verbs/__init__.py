"""The verbs of the house, noun by noun, each under its duty; never what a verb does."""
