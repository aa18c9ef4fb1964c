"""The index: clause store, lexical index and vector index, built together as one generation.

build_index(library, encoder, root)             # once, and after every change of the knowledge
with open_index(root, encoder_identity=encoder.identity) as index:
    hits = index.lexical("干部任满十年要不要交流", 20, Scope(as_of=date.today()))
    clauses = index.clauses([hit.row for hit in hits])
"""

from knowledge.index.building import Progress, build_index
from knowledge.index.generation import IndexBusy, is_current
from knowledge.index.index import Index, open_index
from knowledge.index.passage import passage_text
from knowledge.index.scope import ANYWHERE, Hit, Scope
from knowledge.index.tokens import Tokenizer

__all__ = [
    "ANYWHERE",
    "Hit",
    "Index",
    "IndexBusy",
    "Progress",
    "Scope",
    "Tokenizer",
    "build_index",
    "is_current",
    "open_index",
    "passage_text",
]
