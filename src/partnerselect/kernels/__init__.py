"""The arithmetic on plain arrays: no pandas, no files, no clock, no global random state."""
