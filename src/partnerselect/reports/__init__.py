"""Results that people take away."""
