"""WHAT SHE REMEMBERS: what was said, word for word, and how it comes to mind again."""
