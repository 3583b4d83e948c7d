"""The views, a module a section: each reads a filter from the address, asks a query of the record, and renders."""
