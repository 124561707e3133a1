"""What the sections of the PDF report say, as blocks that the template lays out."""
