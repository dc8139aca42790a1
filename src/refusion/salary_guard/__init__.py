"""The guard on salary payments: which limit stops a payment; never stops, releases or posts one itself."""
