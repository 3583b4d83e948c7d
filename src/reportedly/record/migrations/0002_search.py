"""Full-text search: what `record.search` asks.

A later migration that makes SQLite build `record_statement` or `record_revision` anew drops their triggers; it has
to run `install` again.
"""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

#: Characters of a text that PostgreSQL indexes: its lists of words end at a megabyte.
LONGEST = 400_000

FTS5 = """
CREATE VIRTUAL TABLE IF NOT EXISTS record_statement_search USING fts5(
    quote, content='record_statement', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE IF NOT EXISTS record_revision_search USING fts5(
    title, text, content='record_revision', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER IF NOT EXISTS record_statement_search_insert AFTER INSERT ON record_statement BEGIN
    INSERT INTO record_statement_search(rowid, quote) VALUES (new.id, new.quote);
END;
CREATE TRIGGER IF NOT EXISTS record_statement_search_delete AFTER DELETE ON record_statement BEGIN
    INSERT INTO record_statement_search(record_statement_search, rowid, quote) VALUES ('delete', old.id, old.quote);
END;
CREATE TRIGGER IF NOT EXISTS record_statement_search_update AFTER UPDATE OF quote ON record_statement BEGIN
    INSERT INTO record_statement_search(record_statement_search, rowid, quote) VALUES ('delete', old.id, old.quote);
    INSERT INTO record_statement_search(rowid, quote) VALUES (new.id, new.quote);
END;
CREATE TRIGGER IF NOT EXISTS record_revision_search_insert AFTER INSERT ON record_revision BEGIN
    INSERT INTO record_revision_search(rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER IF NOT EXISTS record_revision_search_delete AFTER DELETE ON record_revision BEGIN
    INSERT INTO record_revision_search(record_revision_search, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER IF NOT EXISTS record_revision_search_update AFTER UPDATE OF title, text ON record_revision BEGIN
    INSERT INTO record_revision_search(record_revision_search, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO record_revision_search(rowid, title, text) VALUES (new.id, new.title, new.text);
END;
INSERT INTO record_statement_search(record_statement_search) VALUES ('rebuild');
INSERT INTO record_revision_search(record_revision_search) VALUES ('rebuild');
"""

# Accents go, and all that is no letter or digit becomes a space, so that the parser finds plain words only: it has
# tokens of its own for addresses, files and numbers with signs.
POSTGRESQL = rf"""
CREATE OR REPLACE FUNCTION record_terms(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple'::regconfig, regexp_replace(
        lower(regexp_replace(normalize(left(given, {LONGEST}), NFKD), '[\u0300-\u036F]', '', 'g')),
        '[\u0001-\u002F\u003A-\u0060\u007B-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u2000-\u206F\u2190-\u2BFF\u3000-\u303F\uFF00-\uFF0F]+',
        ' ', 'g'))
$$;
CREATE INDEX IF NOT EXISTS record_statement_search ON record_statement USING gin (record_terms(quote));
CREATE INDEX IF NOT EXISTS record_revision_search ON record_revision USING gin
    (record_terms(title || ' headlineends0 ' || text));
"""


def install(apps: Any, schema_editor: Any) -> None:
    """Make the tables and triggers, or the function and indexes."""
    connection = schema_editor.connection
    for statement in _statements(FTS5 if connection.vendor == "sqlite" else POSTGRESQL):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; bodies of triggers and functions are not cut."""
    found, inside = "", False
    for line in script.strip().splitlines():
        found += line + "\n"
        inside = (inside or line.endswith(("BEGIN", "AS $$"))) and not line.startswith(("END;", "$$;"))
        if line.endswith(";") and not inside:
            yield found
            found = ""


def remove(apps: Any, schema_editor: Any) -> None:
    """Take them away."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for table in ("statement", "revision"):
            if connection.vendor == "sqlite":
                for event in ("insert", "delete", "update"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS record_{table}_search_{event}")
                cursor.execute(f"DROP TABLE IF EXISTS record_{table}_search")
            else:
                cursor.execute(f"DROP INDEX IF EXISTS record_{table}_search")
        if connection.vendor != "sqlite":
            cursor.execute("DROP FUNCTION IF EXISTS record_terms(text)")


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
