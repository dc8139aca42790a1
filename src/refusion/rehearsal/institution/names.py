"""Names for synthetic persons and units; no list of real persons stands behind them."""

from __future__ import annotations

FIRST_NAMES = (
    "Agnes", "Aksel", "Alma", "Anton", "Asta", "Bjarke", "Camilla", "Carl", "Dagny", "Ebbe", "Elin", "Emil", "Esther",
    "Freja", "Gorm", "Gry", "Hanne", "Helge", "Ida", "Ivar", "Jens", "Johanne", "Kaj", "Karen", "Knud", "Laust",
    "Lis", "Magne", "Maja", "Mette", "Niels", "Nora", "Oda", "Oluf", "Palle", "Pernille", "Rasmus", "Rikke", "Signe",
    "Stig", "Sune", "Svea", "Thyra", "Tove", "Ulla", "Uffe", "Vagn", "Vibeke", "Viggo", "Åse",
)
LAST_NAMES = (
    "Agerbo", "Birkelund", "Brinkholm", "Dalsgård", "Egehøj", "Elkjær", "Fjordholm", "Frøslev", "Grønlykke", "Hedelund",
    "Hestbæk", "Højager", "Kildemose", "Klitvad", "Kærholt", "Lyngby", "Lærkedal", "Mosebo", "Nørreskov", "Odderskær",
    "Pilegård", "Ravnkilde", "Rosenvang", "Sandbæk", "Skovhede", "Stenvad", "Søholt", "Tornby", "Tranebjerg", "Ulvedal",
    "Vandborg", "Vestermark", "Vindelev", "Østerlund", "Ålykke",
)
UNITS = (
    "Administration", "Bibliotek", "Bygningsdrift", "Fysik", "Historie", "IT", "Jura", "Kemi", "Kommunikation",
    "Matematik", "Medicin", "Økonomi",
)
