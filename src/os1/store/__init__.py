"""WHERE IT IS KEPT: the log of one companion, and how it travels."""
