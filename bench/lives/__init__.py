"""Invented lives, with which a memory is examined: what was said over three years, and what is true.

It does not know how a memory learns from what is said; whoever writes one should not read the phrases here.
"""
