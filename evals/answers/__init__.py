"""Are the answers right, are they cited, and do we keep silent where the sources do?"""
