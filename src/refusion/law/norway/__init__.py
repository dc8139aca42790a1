"""Norwegian law on refunds from NAV: the base amount, parental and sickness benefit, holiday pay; knows no other country and no case."""
