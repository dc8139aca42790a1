"""Django's settings of the product; they can be read without a database, a key file or a started server."""

from __future__ import annotations

import os
from pathlib import Path

from refusion.values.languages import NAMES
from refusion.wiring import database
from refusion.wiring.keys import web_secret

_PACKAGE = Path(__file__).resolve().parent.parent
_WEB = _PACKAGE / "doors" / "web"

DEBUG = False
SECRET_KEY = web_secret()
ALLOWED_HOSTS = os.environ.get("REFUSION_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "refusion.store",
]
MIDDLEWARE = [
    "refusion.doors.api.door.Door",
    "refusion.doors.web.protection.Protection",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "refusion.doors.web.sessions.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "refusion.doors.web.sessions.Sessions",
    "refusion.doors.web.protection.Refusals",
]
ROOT_URLCONF = "refusion.doors.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_WEB / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ],
            "builtins": ["refusion.doors.web.tags"],
        },
    },
]
CSRF_FAILURE_VIEW = "refusion.doors.web.refusals.stale_form"

DATABASES = {
    "default": database.django_settings(database.WORKER if os.environ.get("REFUSION_WORKER") else database.APP),
    "migrator": database.django_settings(database.MIGRATOR),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "log-in"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Half an hour without a request ends a session; ``doors.web.sessions`` ends it after a working day in any case.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A real server stands behind TLS; the private one of a demo is reached over plain HTTP on this machine alone.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not database.is_private()
SECURE_PROXY_SSL_HEADER = None if database.is_private() else ("HTTP_X_FORWARDED_PROTO", "https")

# Faults of ours go to standard error with their traceback; requests and what was in them are not written down.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}

LANGUAGE_CODE = "da"
LANGUAGES = list(NAMES.items())
LOCALE_PATHS: list[Path] = []
USE_I18N = True
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [_WEB / "static"] if (_WEB / "static").exists() else []
_BUILT = Path(os.environ.get("REFUSION_STATIC", str(Path.cwd() / "static-built")))
STATIC_ROOT = _BUILT if _BUILT.is_dir() else None  # nothing was collected: the finders give the files themselves
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
