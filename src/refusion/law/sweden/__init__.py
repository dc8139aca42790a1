"""How Swedish state grants for sick leave are shared between counties: exact formulas; knows no agreement's amounts, no county."""
