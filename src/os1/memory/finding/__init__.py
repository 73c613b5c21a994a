"""Finding: what was said, laid out in memory to be found by words, by meaning and by what stands around it."""
