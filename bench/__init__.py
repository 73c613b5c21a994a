"""What it costs: every figure the README quotes, by one command. Nothing in OS1 imports it."""
