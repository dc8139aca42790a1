"""Refunds of wage in fleksjob: the municipality's old share and the state's own scheme; sickness in a fleksjob is sickness."""
