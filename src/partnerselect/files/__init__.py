"""Files in: every problem told at once, with file and line; JSON Schema out."""
