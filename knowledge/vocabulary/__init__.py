"""Places, topics, synonyms and the lexicon: the words people use and what they stand for."""

from knowledge.vocabulary.vocabulary import Jurisdiction, Synonym, Topic, Vocabulary, load_vocabulary

__all__ = ["Jurisdiction", "Synonym", "Topic", "Vocabulary", "load_vocabulary"]
