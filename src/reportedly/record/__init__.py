"""The stored record: tables, queries, decisions and exports. A Django app without views."""
