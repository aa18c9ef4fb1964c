"""What we conclude from the documents: answers with their clauses."""
