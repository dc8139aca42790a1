"""What every country's rules are written with: citations, dated figures, house words, the recorder; knows no country."""
