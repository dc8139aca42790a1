"""The witness's judge: what was due, day by day in fractions, against what an authority accepted; shares no rule with the house."""
