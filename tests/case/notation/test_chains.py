"""Chains of options and packages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import Chain, NotationError, format_chain, parse_chain, tiers


def test_rising_and_falling_orders_say_the_same() -> None:
    assert parse_chain("a > b = c >= d").best_first() == parse_chain("d <= c = b < a").best_first()
    assert parse_chain("a >> b").relations == (">>",)
    assert parse_chain("-5 < 0 < 5").best_first().items == ("5", "0", "-5")


def test_tiers_need_a_full_order() -> None:
    assert tiers(parse_chain("a > b = c > d")) == (("a",), ("b", "c"), ("d",))
    assert tiers(parse_chain("a < b")) == (("b",), ("a",))
    with pytest.raises(NotationError):
        tiers(parse_chain("a >= b"))


@pytest.mark.parametrize("text", ["a > b < c", "a > a", "a >", "> a", "a b", "a, b", ""])
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        parse_chain(text)


@pytest.mark.property
@given(st.data())
def test_written_and_read_again_is_the_same(data: st.DataObject) -> None:
    items = data.draw(st.permutations(["a", "b", "c", "10", "-3"]))
    count = data.draw(st.integers(1, len(items)))
    signs = data.draw(st.sampled_from([[">", ">=", "=", ">>"], ["<", "<=", "="]]))
    chain = Chain(tuple(items[:count]), tuple(data.draw(st.sampled_from(signs)) for _ in range(count - 1)))
    assert parse_chain(format_chain(chain)) == chain
    assert chain.best_first().best_first() == chain.best_first()
