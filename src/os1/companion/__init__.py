"""ONE PERSON'S COMPANION: where persona, memory and brain meet."""
