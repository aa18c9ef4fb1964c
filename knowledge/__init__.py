"""What the documents say: clauses, vocabulary, the built-in encoder and the index over them."""
