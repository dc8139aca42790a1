"""What every room may hold: money in øre, periods, numbers of persons, said things; knows no law, no clock, no database."""
