"""The language of descriptions: pieces of text, phrases, dates, lengths of time."""
