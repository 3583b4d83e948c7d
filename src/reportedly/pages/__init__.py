"""The record as web pages and API. A Django app without tables."""
