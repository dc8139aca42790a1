"""The Norwegian journey: SAP's feed, notices to NAV, booking runs, NAV's reports, what a person must see; knows no SQL."""
