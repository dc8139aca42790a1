"""All that a machine may ask for, one module per noun; each operation is one call of the house."""

from refusion.doors.api.operations.abroad import ABROAD
from refusion.doors.api.operations.books import BOOKS
from refusion.doors.api.operations.cases import CASES
from refusion.doors.api.operations.files import FILES
from refusion.doors.api.operations.funds import FUNDS
from refusion.doors.api.operations.grants import GRANTS
from refusion.doors.api.operations.matching import MATCHING
from refusion.doors.api.operations.money import MONEY
from refusion.doors.api.operations.salaries import SALARIES
from refusion.doors.api.operations.self_employed import SELF_EMPLOYED
from refusion.doors.api.operations.settings import SETTINGS
from refusion.doors.api.operations.waits import WAITS
from refusion.doors.api.operations.work import WORK

OPERATIONS = (
    *WORK, *CASES, *MONEY, *MATCHING, *FILES, *WAITS, *SETTINGS, *FUNDS, *BOOKS, *SALARIES, *ABROAD, *GRANTS, *SELF_EMPLOYED,
)  # fmt: skip
"""Every operation of the API."""
