"""WHAT SHE THINKS WITH: a replaceable engine for words. Who she is lies elsewhere."""
