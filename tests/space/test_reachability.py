"""Whether the rules leave anything, against brute force."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.strategies import Spec, specs
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.space import check_packages


@pytest.mark.oracle
@given(specs())
def test_options_nobody_can_choose_are_found(spec: Spec) -> None:
    findings = check_packages(spec.case())
    allowed = [package for package in spec.packages() if spec.allowed(package)]
    if not allowed:
        assert [one.code for one in findings] == ["ZC050"]
        return
    missing = {
        f"no allowed package holds i{issue} = o{option}"
        for issue, count in enumerate(spec.shape)
        for option in range(count)
        if not any(package[issue] == option for package in allowed)
    }
    assert {one.message for one in findings if one.code == "ZC051"} == missing


def test_the_shipped_case_uses_every_option_and_breaks_no_rule() -> None:
    assert check_packages(load_case(shipped_case("ukraine-2025"))) == ()
