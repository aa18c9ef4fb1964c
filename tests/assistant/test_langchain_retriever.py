from __future__ import annotations

from assistant.answering.assistant import Assistant
from assistant.langchain_retriever import ClauseRetriever


def test_langchain_gets_whole_clauses(assistant: Assistant) -> None:
    retriever = ClauseRetriever(
        search=assistant.search, editions=assistant.index.editions, jurisdictions=frozenset({"黄石市"}), limit=3
    )
    documents = retriever.invoke("满10年分批交流任职")
    assert len(documents) == 3
    found = {document.id: document for document in documents}["huangshi-2018@2018-01#3.3.4"]
    assert found.metadata["jurisdiction"] == "黄石市"
    assert "满10年" in found.page_content
