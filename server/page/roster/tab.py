def roster_functions(c): return []
