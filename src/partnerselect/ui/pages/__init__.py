"""One file per page; each asks, shows, and computes nothing."""
