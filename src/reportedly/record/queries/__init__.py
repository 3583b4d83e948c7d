"""What is asked of the record: every list and page, for the command line and for the pages alike.

A query takes a `filters.Filter` and gives typed results; nothing here prints. The number of SQL queries of each is
fixed: it does not grow with the record.
"""
