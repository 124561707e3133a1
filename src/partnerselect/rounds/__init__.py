"""Rounds on record: drafts that collect changes, and closed rounds that nothing changes any more."""
