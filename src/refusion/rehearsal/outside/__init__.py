"""Those around the house in a rehearsal: the people, the authority's twin, the bank and the clock; never the house itself."""
