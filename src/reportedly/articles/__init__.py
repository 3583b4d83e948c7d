"""A page, feed, file or archive becomes an Article.

`reader.read(source, …)` is the way in; the other modules each know one form.
"""
