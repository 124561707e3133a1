"""Spreadsheets into a decision: first what they would change, then, if people agree, written into the files."""
