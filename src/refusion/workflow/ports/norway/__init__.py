"""What the house asks of the Norwegian outside world, NAV and SAP; knows neither how they are called nor what is kept."""
