"""Units of amounts: how each is spelt, and what a counted noun is in the singular."""

from __future__ import annotations

from typing import Final

# Units by measure; what stands behind the colon is how each is spelt here.
_UNIT_TABLE: Final = """
second: sec secs|minute: min mins|hour: h hr hrs|day|week|fortnight|month|year: yr yrs|decade|century
mile: mi|kilometre: kilometer km|metre: meter|centimetre: centimeter cm|millimetre: millimeter mm|yard|foot: feet ft|inch
hectare: ha|acre|square mile|square kilometre|square metre|square foot|cubic metre|cubic kilometre|cubic foot|nautical mile
ton|tonne|kilogram: kilogramme kg|gram: gramme|pound: lb lbs|ounce: oz|barrel|bushel|gallon|litre: liter|degree
watt|kilowatt: kw|megawatt: mw|gigawatt: gw|kilowatt-hour: kwh|megawatt-hour: mwh|gigawatt-hour: gwh|terawatt-hour: twh
cent|basis point|percent
"""
# Nouns that are counted, not measured: they may stand behind a hyphen ("27-nation") or an adjective ("15 foreign soldiers").
_COUNTED_TABLE: Final = """
person: people persons|man: men|woman: women|child: children|troop|soldier|worker|employee|member|nation|vessel|ship|aircraft
seat|prisoner|hostage|refugee|migrant|civilian|crate|container|house|home
"""
UNITS_OF_TIME: Final = frozenset("second minute hour day week fortnight month year decade century".split())
SAME_IN_PLURAL: Final = frozenset("aircraft series species headquarters personnel sheep fish police staff".split())
_IRREGULAR: Final = {
    "lives": "life", "wives": "wife", "halves": "half", "wolves": "wolf", "leaves": "leaf", "shoes": "shoe", "buses": "bus",
    "viruses": "virus", "movies": "movie", "ties": "tie", "criteria": "criterion", "crises": "crisis", "lenses": "lens",
}  # fmt: skip


def singular(word: str) -> str:
    """Return the singular of a plain English plural ("countries" gives "country"); other words come back unchanged."""
    if word in SAME_IN_PLURAL or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return _IRREGULAR.get(word, word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def _unit_forms(table: str) -> dict[str, str]:
    forms: dict[str, str] = {}
    for entry in table.strip().replace("\n", "|").split("|"):
        name, _, others = entry.partition(":")
        for form in (name, *others.split()):
            forms[form] = name
            if len(form) > 3:
                forms[form + ("es" if form.endswith("ch") else "s")] = name
    return forms


COUNTED: Final = _unit_forms(_COUNTED_TABLE)
UNITS: Final = _unit_forms(_UNIT_TABLE) | COUNTED | {"centuries": "century", "tons": "ton", "days": "day"}
