"""Statements of one event, across articles, are linked and reconciled. No database, network or printing."""
