"""The secret that signs sessions: derived from the key file, or of this process alone where there is none yet."""

from __future__ import annotations

import os

from refusion.wiring.keys import DATABASE_VARIABLE, KEY_FILE_VARIABLE, key_file, read_vault

PURPOSE = "refusion web sessions"


def web_secret() -> str:
    """Derive the secret; without a key file a chance one, so that nothing is ever signed with a known secret."""
    if os.environ.get(DATABASE_VARIABLE) and not os.environ.get(KEY_FILE_VARIABLE):
        return os.urandom(32).hex()  # starting refuses this configuration with its remedy; reading settings does not
    file = key_file()
    return read_vault(file).secret(PURPOSE) if file.exists() else os.urandom(32).hex()
