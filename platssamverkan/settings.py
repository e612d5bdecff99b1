# SPDX-License-Identifier: EUPL-1.2
"""All settings, from the environment, with safe defaults (design.md, "Running it")."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.tiles import BadTileUrl, tile_origin

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
IS_PRODUCTION = SITE_URL.startswith("https://")

if DEMO and (DEBUG or IS_PRODUCTION):
    raise ImproperlyConfigured("DEMO runs on loopback only, with DEBUG off: it has known passwords.")

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if IS_PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY must be set in the environment.")
    # A key of this machine's own: sessions survive a restart, and no key stands in the code.
    key_file = VAR_DIR / "secret_key"
    if not key_file.exists():
        from django.core.management.utils import get_random_secret_key

        VAR_DIR.mkdir(exist_ok=True)
        key_file.touch(mode=0o600)
        key_file.write_text(get_random_secret_key())
    SECRET_KEY = key_file.read_text()

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
if DEMO and not set(ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]"}:
    raise ImproperlyConfigured("DEMO listens on loopback only: leave ALLOWED_HOSTS unset.")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    # the ground
    "platssamverkan.ground",
    "platssamverkan.audit",
    "platssamverkan.accounts",
    "platssamverkan.documents",
    "platssamverkan.notices",
    "platssamverkan.export",
    "platssamverkan.look",
    "platssamverkan.start",
    # the rooms
    "boenden",
    "incidents",
    "kartlaggning",
    "forum",
    "platssamverkan.reports",
    # libraries
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "platssamverkan.look.static_files.OwnStaticFiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "auditlog",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_structlog",
]

MIDDLEWARE = [
    "platssamverkan.reports.api.middleware.JsonErrorsMiddleware",
    "platssamverkan.ground.middleware.InputGuardMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "platssamverkan.ground.middleware.PrivatePagesMiddleware",
    "platssamverkan.look.error_pages.ButtonNotPageMiddleware",
]

ROOT_URLCONF = "platssamverkan.urls"
WSGI_APPLICATION = "platssamverkan.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "platssamverkan.look.context.frame",
            ],
            "builtins": ["platssamverkan.look.templatetags.look", "django.templatetags.i18n"],
        },
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "platssamverkan"
CRISPY_TEMPLATE_PACK = "platssamverkan"
FILTERS_EMPTY_CHOICE_LABEL = _("Alla")

# ---------- database ----------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'platssamverkan.sqlite3'}")
}
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    # performance.md: WAL and IMMEDIATE, else a read-then-write fails when two write.
    DATABASE["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    if not env.str("DATABASE_URL", default=""):
        VAR_DIR.mkdir(exist_ok=True)
else:
    DATABASE["CONN_MAX_AGE"] = 600
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)  # seconds; a page must not hang on it
    DATABASE["DISABLE_SERVER_SIDE_CURSORS"] = env.bool("PGBOUNCER", default=False)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------- cache, sessions ----------
REDIS_URL = env.str("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "platssamverkan.ground.cache.SurvivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    # one for all the server's processes: a sign-out, or a wrong password, in one of them counts in the others
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},  # beyond it some are forgotten, and with them what limits wrong passwords
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ---------- people ----------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "platssamverkan.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "platssamverkan.accounts.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation has proved the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # the same page for unknown addresses, and no mail to strangers
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_PRODUCTION else 0  # rate limits count the person's address, not the proxy's
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/5m/key",
    "reset_password": "20/m/ip,3/5m/key",
}
ACCOUNT_FORMS = {
    "login": "platssamverkan.accounts.sign_in_forms.LoginForm",
    "request_login_code": "platssamverkan.accounts.sign_in_forms.RequestLoginCodeForm",
    "confirm_login_code": "platssamverkan.accounts.sign_in_forms.ConfirmLoginCodeForm",
    "reauthenticate": "platssamverkan.accounts.sign_in_forms.ReauthenticateForm",
    "change_password": "platssamverkan.accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "platssamverkan.accounts.sign_in_forms.SetPasswordForm",
    "reset_password": "platssamverkan.accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "platssamverkan.accounts.sign_in_forms.ResetPasswordKeyForm",
}
MFA_FORMS = {
    "authenticate": "platssamverkan.accounts.sign_in_forms.MfaAuthenticateForm",
    "reauthenticate": "platssamverkan.accounts.sign_in_forms.MfaReauthenticateForm",
    "activate_totp": "platssamverkan.accounts.sign_in_forms.ActivateTotpForm",
}
MFA_ADAPTER = "platssamverkan.accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Platssamverkan"

# ---------- language, time ----------
# The texts in the code are Swedish: another kommun, or another language, translates from them.
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("svenska"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True

# ---------- static files, stored files ----------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
ICONS_DIR = NODE_MODULES / "bootstrap-icons" / "icons"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("handbok", BASE_DIR / "docs" / "handbok" / "bilder"),
    ("vendor/bootstrap", NODE_MODULES / "bootstrap" / "dist" / "css"),
    ("vendor/leaflet", NODE_MODULES / "leaflet" / "dist"),
    ("vendor/fonts", NODE_MODULES / "@fontsource-variable" / "source-sans-3" / "files"),
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("STORAGE_URL", default=str(VAR_DIR / "documents")).removeprefix("file://")},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# ---------- maps ----------
# Where the background of maps comes from, "https://tiles.example/{z}/{x}/{y}.png"; unset: rings, north and scale.
# Whoever serves it sees which places people look at.
TILE_URL = env.str("TILE_URL", default="")
TILE_ATTRIBUTION = env.str("TILE_ATTRIBUTION", default="")  # what its licence asks to be written in the corner
try:
    TILE_ORIGIN = tile_origin(TILE_URL)
except BadTileUrl as error:
    raise ImproperlyConfigured(str(error)) from None

# ---------- mail ----------
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
    vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # faults.md: Django's default is none
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "") or "Platssamverkan <ingen-svarar@platssamverkan.example>"

# Where contact persons reach the dataskyddsombud (GDPR art. 13.1 b); a förvaltning may have its own.
DPO_EMAIL = env.str("DPO_EMAIL", default="")

# ---------- background work ----------
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
if not REDIS_URL:
    broker = VAR_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(broker / "queue"),
        "data_folder_out": str(broker / "queue"),
        "control_folder": str(broker / "control"),
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # Truth is in the database; these only wake it (faults.md).
    "drain the outbox": {"task": "notices.drain", "schedule": 60.0, "options": {"expires": 60}},
    "make the long files of forums": {"task": "forum.make_files", "schedule": 60.0, "options": {"expires": 60}},
    "sweep for what is due": {"task": "notices.sweep", "schedule": 15 * 60.0},
    "go on with imports": {"task": "boenden.imports", "schedule": 60.0, "options": {"expires": 60}},
    "write letters that are asked for": {"task": "boenden.letters", "schedule": 60.0, "options": {"expires": 60}},
    "make large files": {"task": "export.make_files", "schedule": 60.0, "options": {"expires": 60}},
    "seal the audit log": {"task": "audit.seal", "schedule": 5 * 60.0},
}

# Files with more rows than this are made by a worker and fetched under Dokument (docs/decisions/0032).
EXPORT_ROWS_AT_ONCE = 50_000
# A workbook is whole before its first byte leaves, so a web server waits for all of it: fewer rows (some six seconds).
EXPORT_XLSX_ROWS_AT_ONCE = 10_000

# ---------- security ----------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [
            SELF,
            "data:",
            *([TILE_ORIGIN] if TILE_ORIGIN else []),
        ],  # data: for the QR code of two-step sign-in and Bootstrap's checkbox marks
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "platssamverkan.look.error_pages.csrf_failure"
if IS_PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# ---------- audit ----------
AUDITLOG_LOGENTRY_MODEL = "audit.AuditEntry"
MIGRATION_MODULES = {"auditlog": None}  # else the library makes a table of its own that nothing uses
AUDITLOG_INCLUDE_ALL_MODELS = False
AUDITLOG_STORE_JSON_CHANGES = True
AUDITLOG_DISABLE_REMOTE_ADDR = True  # who is enough; where from is not kept

# ---------- logs ----------
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": "ext://platssamverkan.ground.logs.render_json",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING" if DEMO else "INFO")},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        # a refused page is logged by the request line already
        "django.request": {"level": "ERROR"},
    },
}

SILENCED_SYSTEM_CHECKS: list[str] = []
