"""`POST /v1/ask`: a question and its answer over the wire, whole or as events."""
