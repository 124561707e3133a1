"""Decision and weights in, labelled results out."""
