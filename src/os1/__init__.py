"""OS1: a companion who lives on your own machine. Importing this does nothing."""

__version__ = "0.1.0"
