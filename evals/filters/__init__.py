"""How fast, and how rightly, a search restricted by place or date finds clauses, whatever share of them it keeps."""
