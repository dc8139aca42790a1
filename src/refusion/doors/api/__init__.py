"""The door for machines: tokens, operations from one table, the document that describes them; holds no rule and shows no page."""
