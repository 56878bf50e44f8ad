"""Where editors find the page whose words they edit."""

from careers.admin import ADDRESSES_ABOVE

ADDRESSES_ABOVE["api"] = "api:docs"
