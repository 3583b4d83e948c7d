"""Django's settings of the site: the record's database, and what serves it.

Every value that differs between a laptop and a server is an environment variable (docs/settings.md): without any,
`reportedly serve` shows the local record to this machine only.
"""

from __future__ import annotations

from logging import LogRecord
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from reportedly import settings as settings_module
from reportedly.pages import secret
from reportedly.record.configuration import DATABASES, DEFAULT_AUTO_FIELD, TIME_ZONE, USE_TZ

__all__ = ["DATABASES", "DEFAULT_AUTO_FIELD", "TIME_ZONE", "USE_TZ"]

REPORTEDLY = settings_module.load()
HERE = Path(__file__).parent

DEBUG = False
SECRET_KEY = REPORTEDLY.secret_key or secret.kept(settings_module.data_folder(REPORTEDLY))
ALLOWED_HOSTS = [host.strip() for host in REPORTEDLY.site_hosts.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [REPORTEDLY.site_address] if REPORTEDLY.site_address else []
ROOT_URLCONF = "reportedly.pages.urls"
WSGI_APPLICATION = "reportedly.pages.wsgi.application"

INSTALLED_APPS = [
    "reportedly.record",
    "reportedly.pages",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "reportedly.pages.bodies.Bodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reportedly.pages.api.guard.Guard",
    "reportedly.pages.keeping.Kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
    "reportedly.pages.limits.Limits",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reportedly.pages.context.site",
            ]
        },
    }
]

# ---- Who may sign in. Six wrong passwords lock a name at an address for an hour.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "reportedly.pages.visitors.address"
AXES_LOCKOUT_TEMPLATE = "pages/locked.html"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "staff"
LOGOUT_REDIRECT_URL = "front"


# ---- What is logged: errors and refusals, to standard error. Addresses that do not exist are no error of ours.
def plain(record: LogRecord) -> bool:
    """Lets a refused request (a Host that is not ours, a forged field) be one line: its traceback tells nothing."""
    if record.name.startswith("django.security"):
        record.exc_info = record.exc_text = None
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"plain": {"()": "django.utils.log.CallbackFilter", "callback": plain}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["plain"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
    },
}

# ---- Caches: counts of requests, each process its own; pages that are kept, all processes together (`keeping`).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
    "pages": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": settings_module.data_folder(REPORTEDLY) / "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

# ---- Static files, served by us.
STATIC_URL = "static/"
STATIC_ROOT = settings_module.data_folder(REPORTEDLY) / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# ---- What a browser may do with our pages: nothing that we did not send.
#: The one style element that a script of ours makes: Observable Plot's, which is the same in every chart. It is known
#: by its hash, which changes with Plot's version (web/package.json); a browser test fails then and says the new one.
PLOT_STYLE = "'sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, PLOT_STYLE, NONCE],
        "img-src": [SELF, "data:", *([REPORTEDLY.tiles.split("{")[0]] if REPORTEDLY.tiles else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = REPORTEDLY.site_secure
SECURE_HSTS_SECONDS = 31_536_000 if REPORTEDLY.site_secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = REPORTEDLY.site_secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if REPORTEDLY.site_secure else None
