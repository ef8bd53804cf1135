"""What the search asks that a server is asked otherwise, as `postgresql.connections` has it in its words."""

from typing import Final

WORDS_IN: Final = "INSERT INTO search_word (rowid, said) VALUES (?, ?)"
WORDS_OUT: Final = "INSERT INTO search_word (search_word, rowid, said) VALUES ('delete', ?, ?)"
HITS: Final = """
    SELECT line.* FROM search_word JOIN search_line AS line ON line.id = search_word.rowid
    WHERE search_word MATCH ? AND search_word.rowid >= ? ORDER BY search_word.rowid DESC
"""
NEWEST: Final = "SELECT * FROM search_line WHERE id >= ? ORDER BY id DESC"
