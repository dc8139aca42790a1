"""Who may do what: roles, their duties and those that exclude each other, as data; never knows a person or a page."""

from refusion.access.duties import DUTY_OF, EXCLUSIVE, Duty
from refusion.access.roles import DUTIES, Role, conflicts, may, require, require_separate

__all__ = ["DUTIES", "DUTY_OF", "EXCLUSIVE", "Duty", "Role", "conflicts", "may", "require", "require_separate"]
