"""What the store says when it can't do its work."""


class StoreError(Exception):
    """The database can't be used; the message is one sentence: what is wrong, which file, what to do."""


READ_ONLY = "Nothing can be changed from here: this only looks on."
"""Said where whoever only looks on would write."""
