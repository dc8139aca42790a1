"""How the verbs on grant agreements speak to what keeps them; never an implementation."""
