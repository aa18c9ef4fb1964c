"""Our search for people who build with LangChain: a `BaseRetriever` whose documents are whole clauses.

retriever = ClauseRetriever(search=assistant.search, editions=assistant.index.editions)
retriever.invoke("衡东县副职几年轮岗")
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.answering.retrieval import Query, Search
from knowledge.clauses import Edition
from knowledge.index import Scope


class ClauseRetriever(BaseRetriever):
    """Finds clauses by meaning and words. `jurisdictions` None is everywhere; `as_of` None is any time.

    A document's id is the clause ref, its text the clause's, its metadata what a citation needs.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Search
    editions: Mapping[str, Edition]
    jurisdictions: frozenset[str] | None = None
    as_of: date | None = None
    limit: int = 8

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager  # a search has no steps to report
        found = self.search(Query((query,), Scope(self.jurisdictions, self.as_of), self.limit))
        return [
            Document(
                id=str(passage.clause.ref),
                page_content=passage.clause.text,
                metadata={
                    "document": self.editions[passage.clause.ref.edition].title,
                    "jurisdiction": self.editions[passage.clause.ref.edition].jurisdiction,
                    "locator": passage.clause.locator,
                    "heading": passage.clause.heading,
                    "modality": passage.clause.modality and passage.clause.modality.value,
                    "score": passage.score,
                },
            )
            for passage in found
        ]
