"""The tables whose rows are not one institution's alone, each with the reason; every other table has the forced policy."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# A policy of their own is forced on these.
OWN_POLICY: Mapping[str, str] = MappingProxyType({
    "institution": "is found by its code before the tenant is set; holds no person, and keys only wrapped",
    "user_role": "at log-in a user sees his own roles at every institution before he chooses one",
    "mandate": "one bank connection serves several institutions; seen by its owners",
    "mandate_account": "accounts of a mandate, one of them perhaps nobody's yet; seen by its owners",
    "bank_line": "a line that names no institution lies in the tray of its mandate; seen by its owners",
    "line_telling": "goes where its line goes",
})
# These carry no policy.
NO_POLICY: Mapping[str, str] = MappingProxyType({
    "auth_group": "the framework's own; unused",
    "auth_group_permissions": "the framework's own; unused",
    "auth_permission": "the framework's own; unused",
    "auth_user": "one log-in may have roles at several institutions; holds no person that an institution pays",
    "auth_user_groups": "the framework's own; unused",
    "auth_user_user_permissions": "the framework's own; unused",
    "django_content_type": "the framework's list of tables",
    "django_migrations": "which migrations the tables have seen",
    "django_session": "a session is opened before the institution is chosen; its content is signed and bound to a user",
    "log_in_attempt": "counted before anybody is known; names and networks stand there as keyed hashes alone",
})
