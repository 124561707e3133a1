"""Results in, chart out; every chart says in words what it shows."""
