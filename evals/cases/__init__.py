"""Is a described case ruled on rightly, by the right criteria, from the words that state its facts?"""
