"""What is PostgreSQL's alone. Nothing else imports psycopg, and this is imported for a URL alone."""

from workshop_tui.store.errors import StoreError

try:
    import psycopg  # noqa: F401 - whether it is there
except ImportError:
    raise StoreError(
        "A database on a PostgreSQL server needs what isn't installed: pip install 'workshop-tui[postgres]'."
    ) from None
