"""Danish law on refunds: acts, public holidays, rates and the rules of each scheme; knows no other country and no case."""
