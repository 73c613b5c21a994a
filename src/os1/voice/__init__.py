"""How she hears and speaks. Read `call.py` first."""
