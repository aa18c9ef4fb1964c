from __future__ import annotations

from knowledge.index import Tokenizer


def test_lexicon_words_stay_whole_and_keep_their_parts() -> None:
    words = Tokenizer(["容错纠错", "先行先试"]).words("容错纠错机制适用于先行先试")
    assert {"容错纠错", "容错", "纠错", "先行先试", "机制"} <= set(words)


def test_one_lexicon_does_not_leak_into_another_tokenizer() -> None:
    plain = Tokenizer([])
    assert "先行先试" in Tokenizer(["先行先试"]).words("先行先试")
    assert "先行先试" not in plain.words("先行先试")


def test_words_are_normalized_and_only_words() -> None:
    assert Tokenizer([]).words("ＡＢＣ，第（六）项　COVID-19！😀\x00\n") == [
        "abc",
        "第",
        "六",
        "项",
        "covid",
        "covid-19",
    ]


def test_bigrams_stay_within_runs_of_han_characters() -> None:
    assert Tokenizer([]).bigrams("满10年，应当交流 a 是") == ["应当", "当交", "交流"]


def test_lone_surrogates_and_endless_runs_are_no_words() -> None:
    tokenizer = Tokenizer([])
    assert tokenizer.words("干部\ud800交流") == ["干部", "交流"]
    assert tokenizer.words("a" * 20_000) == []
    assert tokenizer.bigrams("\udfff") == []
