"""The database: tables, change log, queries, migrations."""
