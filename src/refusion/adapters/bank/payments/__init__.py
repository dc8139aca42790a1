"""Payment orders to the bank (pain.001) and its answers (pain.002); never decides who is paid."""
