"""Digital Post and Mit Sygefravær: the municipality's letters and the answers to its forms; decides nothing for the house."""
