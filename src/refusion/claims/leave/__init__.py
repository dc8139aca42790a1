"""What the facts of a leave decide: its days with refund and its deadline; never an amount."""
