"""The API under /api/v1/: the queries of the pages as JSON, exports as downloads, decisions with a token.

What it gives is in `shapes`, which have neither the whole text of an article nor an email nor a name of the staff.
"""
