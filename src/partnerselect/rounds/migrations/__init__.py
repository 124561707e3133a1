"""The steps that bring the tables of an older database up to this version of the program."""

VERSION_TABLE = "partnerselect_version"
REVISIONS = ("0001",)
"""Every revision, oldest first. A revision is never edited once it is released: a change is a new one."""
