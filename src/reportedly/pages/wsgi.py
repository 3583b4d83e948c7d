"""The site as a WSGI application, for gunicorn, granian and their like."""

from __future__ import annotations

import os
import warnings

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportedly.pages.configuration")
# Static files are found in the package where nobody has collected them.
warnings.filterwarnings("ignore", message="No directory at", category=UserWarning)
application = get_wsgi_application()
