"""Does the product's own search find the clauses a question needs, how fast, and at what cost?"""
