"""Completing statements: ids, nesting, bounds, times and what is left out."""

from __future__ import annotations

from zopa.reading import Article, ArticleReading, read_article, split_lines


def read(text: str) -> ArticleReading:
    return read_article(Article("a.txt", text, split_lines(text)))


def test_a_quotation_over_sentences_is_cut_where_they_end() -> None:
    text = "“The lake is ours. We will not sell it,” said Bolivia's envoy, Ana Ruiz."
    (one,) = [one for one in read(text).statements if one.nested_in is None]
    assert one.content.within(one.sentence)
    assert [span.of(text) for span in (*one.further, one.content)] == ["The lake is ours.", "We will not sell it"]


def test_words_behind_a_colon_belong_to_its_sentence() -> None:
    text = "Bolivia's envoy said:\n“The lake is ours. We will not sell it.”"
    one = read(text).statements[0]
    assert one.cue.of(text) == "said"
    assert one.content.of(text) == "The lake is ours."
    assert one.cue.within(one.sentence)
    assert one.content.within(one.sentence)


def test_an_option_of_nobody_is_left_out() -> None:
    text = "Peru fears that 40 boats could sink. Peru fears that Chile could close the port."
    acts = [(one.predicate, one.party) for one in read(text).statements]
    assert ("option", "CHL") in acts
    assert all(party not in {"anonymous", "unnamed", "unresolved"} for act, party in acts if act == "option")


def test_what_refuses_only_because_it_is_denied_is_not_turned_twice() -> None:
    (one,) = read("Chile will not sign the treaty.").statements
    assert (one.predicate, one.stance_code) == ("reject", "against")


def test_two_statements_that_hold_each_others_cue_do_not_go_in_circles() -> None:
    text = "What the fees would be, the mayor asked, and what they meant, she said, nobody knew."
    ids = {one.id for one in read(text).statements}
    assert all(one.nested_in is None or one.nested_in in ids for one in read(text).statements)


def test_ids_survive_a_paragraph_before() -> None:
    text = "Chile wants a treaty. Chile rejects the dam."
    before = "The lake lies high in the mountains.\n" + text
    assert [one.id for one in read(text).statements] == [one.id for one in read(before).statements]
