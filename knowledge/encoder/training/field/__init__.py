"""The product's own field, cadre policy: its texts, the pairs made of them, and a check of what was learned.

The evaluation questions under `evals/` are never read here.
"""
