"""The order of what was found: a few weights over likeness, words and the document, learned and kept as data.

`weights.json` goes with the built-in encoder; `training` and `train.py` are how it was made.
"""

from knowledge.ranking.ranking import Ranking, features, load_ranking

__all__ = ["Ranking", "features", "load_ranking"]
