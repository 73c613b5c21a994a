"""Understanding plain words with no model: what they state, ask and wish; and what a small brain may note of them."""
