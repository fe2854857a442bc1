"""Broken case files: one sound case, and one hundred and more ways to break a single line of it."""

from __future__ import annotations

SOURCE = """\
# Minutes
The mayor said that no lease beyond 30 years was possible. The company asked for a long lease.
The company asked for a long lease again on Monday, and put its costs at 12 million.
"""

SOUND = """\
zopa: 1
title: A harbour lease
question: Which lease could both sign?
as_of: 2024-03-01
grain: 0.01
absent: [taxes]
deal: term != y20
alike: [city, port]
sources:
  minutes: {file: sources/minutes.md, title: Council minutes, date: 2024-02-20, kind: report, reliability: B}
  prices: {title: Price table, kind: table, date: 2024-01-05}
statements:
  s1: {source: minutes, quote: no lease beyond 30 years, speaker: the mayor, party: city, act: condition, level: 1, issue: term, firm: firm}
  s2: {source: minutes, quote: put its costs at 12 million, party: port, act: say, level: 1, said: 2024-02-19}
  s3: {source: minutes, quote: asked for a long lease again, party: port.board, about: city, act: demand, level: 1, within: s2}
parties:
  city: {name: The city, seat: signatory, voices: [the mayor]}
  port:
    name: The port company
    principals:
      board: {name: The board, from: 2020-01-01, until: 2026-01-01}
  bank: {name: The bank, seat: guarantor, consent_if: loan >= half and term = y50}
agreement: {need: all}
influence: {city: 40..60, port: 40..60, assume: equal bargaining power}
issues:
  talks: {name: Talks, process: yes, options: [no_talks, open_talks], now: no_talks}
  term: {name: Length, scale: ordered, options: {y20: 20 years, y30: 30 years, y50: 50 years}, now: y20}
  dredging: {name: Who dredges, options: {by_city: The city, by_port: The company, shared: Half each}, by: city}
  loan: {scale: none < half < full, options: [none, half, full]}
  rent: {scale: 0..10, step: 5, unit: euros, now: 5}
  fence: {scale: yesno, moves: up, by: city and port}
rules:
  R1: {that: dredging = by_port|shared if term = y50, because: s1}
  R2: {that: not (fence and rent > 5), assume: logic, hard: yes}
assumptions:
  A1: nobody knows
  A2: {value: 10..40, per: [city, port], assume: unknown alternatives}
  A3: {value: yes | no, split: yes, because: s1, assume: two readings}
  A4: {value: 0..100, sweep: 0..50 | 50..100, assume: unknown}
  A5: {value: 2 * A4, assume: follows}
  A6: {value: up | down, per: place, chance: [0.25, 0.75], assume: unknown}
correlations:
  - {between: [A2.city, A2.port], rank: 0.5, assume: both feel the market}
preferences:
  assume: A1
  city:
    weights: {default: 10..30, term: 20..60, sum: 100, order: [{that: term >= loan, because: s1}]}
    scores:
      shape: 0.5..2
      default: {direction: A6}
      dredging: {by_city: 0, shared: 50, by_port: 100}
      term: {y20: 100, y30: 20..90, y50: 0, order: y20 > y30 >= y50}
      rent: {0: 0, 10: 100}
    red_lines:
      L1: {refuses: term = y50, binds: A3, because: s1}
    no_deal: {share: A2}
  port:
    points: {term: [0, 10, 20], dredging: [20, 0, 10], loan: [0, 5, 10], rent: {0: 10, 10: 0}, fence: [5, 0]}
    bonus: {B1: {when: term = y50 and fence, points: 3, because: prices}}
    no_deal: {share: A2, assume: no offer known}
  bank: unknown
positions:
  term: {city: [20, 80], port: 60..80}
packages:
  P1: {name: First offer, like: now, terms: {term: y30, loan: half|full}, author: port}
  P2: {like: P1, terms: {rent: 10}, because: s2}
gates:
  G1: {name: Election, on: 2024-06-01, early: 0..0.1, opens: talks = open_talks}
  G2: {needs: G1 and (G3 if A3), assume: law}
  G3: {fact: unknown}
levers:
  strike: {by: port.board, from: G1, until: 2025-01-01, move: {city.no_deal: -A4}, assume: size unknown}
  grant: {by: city, allow: loan > none, block: rent = 10}
holding:
  between: [city, port]
  stake: [term]
  period: P1Y
  win: 0.2..0.8
  cost: {city: 0.1, port: 0.1}
  effects: {watch: {when: fence, move: {detection: 0.1}}}
assume: made up for tests
"""

# name: (what stands in the sound case, what replaces it, code of the fault expected on that line)
BROKEN: dict[str, tuple[str, str, str]] = {
    # YAML and layout
    "unclosed bracket": ("absent: [taxes]", "absent: [taxes", "ZC004"),
    "unclosed quotation": ("title: A harbour lease", 'title: "A harbour lease', "ZC004"),
    "colon in prose": ("question: Which lease could both sign?", "question: Which lease: could both sign?", "ZC004"),
    "tab": ("  prices: {title", "\tprices: {title", "ZC004"),
    "alias": ("no_deal: {share: A2, assume: no offer known}", "no_deal: *twenty", "ZC006"),
    "anchor": ("no_deal: {share: A2, assume: no offer known}", "no_deal: &twenty 20", "ZC006"),
    "tag": ("no_deal: {share: A2, assume: no offer known}", "no_deal: !!python/object:os.system 20", "ZC006"),
    "second document": ("absent: [taxes]", "---\nabsent: [taxes]", "ZC006"),
    "doubled key": ("grain: 0.01", "title: Twice", "ZC007"),
    "doubled key in braces": ("need: all}", "need: all, need: all}", "ZC007"),
    "list as key": ("absent: [taxes]", "? [a, b]\n: c", "ZC010"),
    "prose split by a comma": ("assume: equal bargaining power", "assume: equal power, as they say", "ZC011"),
    # keys
    "unknown root key": ("question: Which", "qestion: Which", "ZC011"),
    "unknown party key": ("voices: [the mayor]", "voice: [the mayor]", "ZC011"),
    "unknown issue key": ("now: y20}", "noww: y20}", "ZC011"),
    "unknown statement key": ("firm: firm}", "firmness: firm}", "ZC011"),
    "unknown rule key": ("hard: yes}", "hardly: yes}", "ZC011"),
    "unknown gate key": ("early: 0..0.1", "soon: 0..0.1", "ZC011"),
    "unknown lever key": ("block: rent = 10", "blocks: rent = 10", "ZC011"),
    "unknown preference key": ("    bonus: {B1", "    bonuses: {B1", "ZC011"),
    "unknown score key": ("default: {direction: A6}", "default: {direction: A6, curve: 2}", "ZC011"),
    "unknown package key": ("author: port}", "writer: port}", "ZC011"),
    "unknown holding key": ("  win: 0.2..0.8", "  winn: 0.2..0.8", "ZC011"),
    "unknown agreement key": ("{need: all}", "{need: all, quorum: 2}", "ZC011"),
    "empty key": ("deal: term != y20", "deal:", "ZC012"),
    "rule without that": ("R2: {that: not (fence and rent > 5), assume", "R2: {assume", "ZC012"),
    "statement without quote": ("quote: put its costs at 12 million, ", "", "ZC012"),
    "red line without a condition": ("refuses: term = y50, ", "", "ZC012"),
    "red line with both": ("refuses: term = y50,", "refuses: term = y50, requires: term = y20,", "ZC012"),
    "gate with two forms": ("G3: {fact: unknown}", "G3: {fact: unknown, on: 2024-09-01}", "ZC012"),
    "gate with no form": ("G3: {fact: unknown}", "G3: {name: Later}", "ZC012"),
    "lever that moves nothing": ("grant: {by: city, allow: loan > none, block: rent = 10}", "grant: {by: city}", "ZC012"),
    "lever without a holder": ("grant: {by: city, allow", "grant: {allow", "ZC012"),
    "source without a file": ("prices: {title: Price table, kind: table", "prices: {title: Price table, kind: report", "ZC012"),
    "no-deal value in two ways": ("no_deal: {share: A2}", "no_deal: {share: A2, value: 3}", "ZC012"),
    "scalar where a block belongs": ("agreement: {need: all}", "agreement: all", "ZC010"),
    "block where a scalar belongs": ("title: A harbour lease", "title: {a: b}", "ZC010"),
    "preferences as words": ("bank: unknown", "bank: whatever", "ZC010"),
    "two ways to write preferences": ("    bonus: {B1", "    ranking: P1 > P2\n    bonus: {B1", "ZC010"),
    "position with three numbers": ("city: [20, 80]", "city: [20, 80, 3]", "ZC010"),
    # ids
    "id with a hyphen": ("  bank: {name", "  the-bank: {name", "ZC013"),
    "id that is a number": ("  A5: {value", "  5: {value", "ZC013"),
    "option with a blank": ("[no_talks, open_talks]", "[no talks, open_talks]", "ZC013"),
    "reserved id": ("  A1: nobody", "  if: nobody", "ZC014"),
    "reserved option": ("options: [none, half, full]", "options: [now, half, full]", "ZC014"),
    "id used twice": ("  G3: {fact: unknown}", "  A1: {fact: unknown}", "ZC015"),
    "red line named like a rule": ("      L1: {refuses", "      R1: {refuses", "ZC015"),
    "ids that differ in capitals": ("  A5: {value", "  a4: {value", "ZC015"),
    "option twice": ("[no_talks, open_talks]", "[no_talks, no_talks]", "ZC015"),
    "word twice": ("A3: {value: yes | no,", "A3: {value: yes | yes,", "ZC015"),
    # words, dates, numbers
    "unknown seat": ("seat: signatory", "seat: signatary", "ZC016"),
    "unknown act": ("act: condition", "act: conditon", "ZC016"),
    "level out of range": ("act: demand, level: 1", "act: demand, level: 7", "ZC016"),
    "unknown kind of source": ("kind: report", "kind: newspaper", "ZC016"),
    "unknown grade": ("reliability: B", "reliability: G", "ZC016"),
    "unknown scale": ("scale: ordered", "scale: orderly", "ZC016"),
    "flag that is neither": ("hard: yes", "hard: maybe", "ZC016"),
    "fact that is neither": ("G3: {fact: unknown}", "G3: {fact: perhaps}", "ZC016"),
    "direction that is no word": ("{direction: A6}", "{direction: sideways}", "ZC016"),
    "date in another order": ("as_of: 2024-03-01", "as_of: 01.03.2024", "ZC017"),
    "day that does not exist": ("date: 2024-02-20", "date: 2024-02-31", "ZC017"),
    "timing that cannot be read": ("on: 2024-06-01", "on: in summer", "ZC017"),
    "period that cannot be read": ("period: P1Y", "period: a year", "ZC017"),
    "version of the future": ("zopa: 1", "zopa: 2", "ZC019"),
    "percent sign": ("y30: 20..90", "y30: 20..90%", "ZC018"),
    "exponent": ("no_deal: {share: A2, assume: no offer known}", "no_deal: 2e1", "ZC018"),
    "three dots": ("default: 10..30", "default: 10...30", "ZC018"),
    "double equals": ("refuses: term = y50", "refuses: term == y50", "ZC018"),
    "double ampersand": ("when: term = y50 and fence", "when: term = y50 && fence", "ZC018"),
    "open bracket in a rule": ("that: not (fence and rent > 5)", "that: not (fence and rent > 5", "ZC018"),
    "two ifs": ("dredging = by_port|shared if term = y50", "fence if fence if fence", "ZC018"),
    "order that rises and falls": ("order: y20 > y30 >= y50", "order: y20 > y30 < y50", "ZC018"),
    "order with an item twice": ("order: y20 > y30 >= y50", "order: y20 > y30 > y20", "ZC018"),
    "top without a number": ("that: term >= loan", "that: term in top many", "ZC018"),
    "grain in words": ("grain: 0.01", "grain: fine", "ZC018"),
    "division by zero": ("A5: {value: 2 * A4", "A5: {value: 2 / 0", "ZC018"),
    "arrow that cannot be read": ("moves: up", "moves: upwards", "ZC018"),
    # references
    "unknown statement in because": ("bonus: {B1: {when: term = y50 and fence, points: 3, because: prices", "bonus: {B1: {when: term = y50 and fence, points: 3, because: pricess", "ZC020"),
    "text as because": ("because: prices", "because: minutes", "ZC021"),
    "unknown party": ("party: city, act", "party: citty, act", "ZC020"),
    "unknown principal": ("party: port.board", "party: port.boss", "ZC020"),
    "unknown issue of a statement": ("issue: term, firm", "issue: terms, firm", "ZC020"),
    "unknown issue in a rule": ("if term = y50, because", "if terms = y50, because", "ZC020"),
    "option in place of an issue": ("refuses: term = y50", "refuses: y50", "ZC020"),
    "unknown issue in weights": ("term: 20..60", "terms: 20..60", "ZC020"),
    "unknown issue in an order": ("that: term >= loan", "that: term >= lone", "ZC020"),
    "unknown issue in scores": ("      rent: {0: 0", "      rents: {0: 0", "ZC020"),
    "unknown party in preferences": ("  bank: unknown", "  banker: unknown", "ZC020"),
    "unknown party in influence": ("{city: 40..60", "{citty: 40..60", "ZC020"),
    "unknown party that controls": ("by: city}", "by: citty}", "ZC020"),
    "unknown party alike": ("alike: [city, port]", "alike: [city, porto]", "ZC020"),
    "unknown party of an assumption": ("per: [city, port]", "per: [city, porto]", "ZC020"),
    "unknown assumption": ("no_deal: {share: A2}", "no_deal: {share: A22}", "ZC020"),
    "unknown assumption in a sum": ("2 * A4", "2 * A44", "ZC020"),
    "unknown assumption that binds": ("binds: A3", "binds: A33", "ZC020"),
    "unknown gate": ("needs: G1 and (G3 if A3)", "needs: G1 and (G33 if A3)", "ZC020"),
    "unknown moment of a lever": ("from: G1, until", "from: G9, until", "ZC020"),
    "unknown target of a lever": ("{city.no_deal: -A4}", "{city.deal: -A4}", "ZC020"),
    "unknown package to be like": ("like: P1", "like: P9", "ZC020"),
    "unknown issue in terms": ("{rent: 10}", "{rents: 10}", "ZC020"),
    "unknown veto": ("{need: all}", "{need: all, veto: [citty]}", "ZC020"),
    "unknown statement that contains": ("within: s2", "within: s9", "ZC020"),
    "unknown source": ("s2: {source: minutes", "s2: {source: minute", "ZC020"),
    "assumption of another party": ("{city.no_deal: -A4}", "{city.no_deal: -A2.bank}", "ZC020"),
    "unknown side of a fight": ("between: [city, port]", "between: [city, ports]", "ZC020"),
    "unknown stake": ("stake: [term]", "stake: [terms]", "ZC020"),
    "gate where an issue belongs": ("deal: term != y20", "deal: G1", "ZC021"),
    "rule where a statement belongs": ("R1: {that: dredging = by_port|shared if term = y50, because: s1", "R1: {that: dredging = by_port|shared if term = y50, because: R2", "ZC021"),
    "process issue in a rule": ("not (fence and rent > 5)", "not (fence and talks = no_talks)", "ZC021"),
    "process issue in terms": ("{rent: 10}", "{talks: open_talks}", "ZC021"),
    "flag of an issue with options": ("when: term = y50 and fence", "when: term and fence", "ZC021"),
    "not before a gate": ("needs: G1 and (G3 if A3)", "needs: not G1", "ZC021"),
    "veto without a signature": ("{need: all}", "{need: all, veto: [bank]}", "ZC021"),
    "unknown option in a rule": ("if term = y50, because", "if term = y60, because", "ZC022"),
    "unknown option in force": ("now: y20}", "now: y25}", "ZC022"),
    "unknown option in a table": ("y30: 20..90", "y31: 20..90", "ZC022"),
    "unknown option in an order": ("order: y20 > y30 >= y50", "order: y20 > y30 >= y55", "ZC022"),
    "unknown option in terms": ("{term: y30, loan", "{term: y33, loan", "ZC022"),
    "unknown option of a scale": ("scale: none < half < full", "scale: none < half < whole", "ZC022"),
    "unknown value of a numeric issue": ("block: rent = 10", "block: rent = 7", "ZC022"),
    "unknown word of an assumption": ("binds: A3", "binds: A3 = maybe", "ZC022"),
    "order of unordered options": ("consent_if: loan >= half", "consent_if: dredging >= shared", "ZC023"),
    "direction on unordered options": ("dredging: {by_city: 0, shared: 50, by_port: 100}", "dredging: {direction: up}", "ZC023"),
    # sources and quotations
    "quotation that is not there": ("quote: no lease beyond 30 years", "quote: no lease beyond 40 years", "ZC033"),
    "quotation in other capitals": ("quote: no lease beyond 30 years", "quote: No lease beyond 30 years", "ZC033"),
    "quotation that cuts a word": ("quote: put its costs at 12 million", "quote: put its costs at 12 mill", "ZC033"),
    "quotation from a table": ("s2: {source: minutes", "s2: {source: prices", "ZC033"),
    "quotation that stands twice": ("quote: asked for a long lease again", "quote: asked for a long lease", "ZC034"),
    "offsets that are wrong": ("quote: asked for a long lease again", "at: [0, 5], quote: asked for a long lease", "ZC035"),
    "source that is not there": ("file: sources/minutes.md", "file: sources/minute.md", "ZC032"),
    "source that is a folder": ("file: sources/minutes.md", "file: sources", "ZC032"),
    "source outside the folder": ("file: sources/minutes.md", "file: ../../minutes.md", "ZC031"),
    "source by an absolute path": ("file: sources/minutes.md", "file: /etc/passwd", "ZC031"),
    "source after the as-of date": ("date: 2024-02-20", "date: 2024-04-20", "ZC036"),
    "table after the as-of date": ("date: 2024-01-05", "date: 2025-01-05", "ZC036"),
    "fact after the as-of date": ("act: say, level: 1, said", "act: fact, time: 2024-09-01, level: 1, said", "ZC036"),
    "statement after the as-of date": ("said: 2024-02-19", "said: 2024-03-02", "ZC036"),
    # judgements
    "range upside down": ("y30: 20..90", "y30: 90..20", "ZC040"),
    "weight upside down": ("default: 10..30", "default: 30..10", "ZC040"),
    "triangle out of order": ("A4: {value: 0..100", "A4: {value: 0..100..50", "ZC040"),
    "scale upside down": ("scale: 0..10", "scale: 10..0", "ZC040"),
    "principal that ends before it begins": ("from: 2020-01-01, until: 2026-01-01", "from: 2026-01-01, until: 2020-01-01", "ZC040"),
    "band upside down": ("sweep: 0..50 | 50..100", "sweep: 50..0 | 50..100", "ZC040"),
    "orders in a circle": ("order: [{that: term >= loan, because: s1}]", "order: [term > loan, loan > rent, rent > term]", "ZC041"),
    "order against the ranges": ("order: [{that: term >= loan, because: s1}]", "order: [loan > term, dredging >= term]", ""),
    "order against fixed scores": ("y20: 100, y30: 20..90, y50: 0, order: y20 > y30 >= y50", "y20: 0, y30: 20..90, y50: 0, order: y20 > y30 >= y50", "ZC041"),
    "order against what is drawn before": ("term: 20..60, sum: 100, order: [{that: term >= loan, because: s1}]", "term: 20 | 60, loan: 25..30, sum: 120, order: [{that: term >= loan, because: s1}]", "ZC041"),
    "order against an assumption": ("term: 20..60, sum: 100, order: [{that: term >= loan, because: s1}]", "term: A4, sum: 100, order: [{that: term > loan, because: s1}]", "ZC041"),
    "order against a place in the top": ("order: [{that: term >= loan, because: s1}]", "order: [loan > term, rent > term, term in top 2]", "ZC041"),
    "scores drawn before against their order": ("y20: 100, y30: 20..90, y50: 0, order", "y20: A4, y30: 20..90, y50: 0, order", "ZC041"),
    "weights drawn before against their sum": ("{default: 10..30, term: 20..60, sum: 100", "{default: 10..15..30, term: 20..40..60, sum: 100", "ZC042"),
    "weights that can all be zero": ("default: 10..30, term: 20..60, sum: 100, order: [{that: term >= loan, because: s1}]", "default: 0..30, term: 0..60", "ZC042"),
    "weights below their sum": ("default: 10..30, term: 20..60, sum: 100", "default: 1..2, term: 20..60, sum: 100", "ZC042"),
    "weights above their sum": ("default: 10..30, term: 20..60, sum: 100", "default: 30..40, term: 20..60, sum: 100", "ZC042"),
    "chances that do not add up": ("chance: [0.25, 0.75]", "chance: [0.25, 0.25]", "ZC043"),
    "a chance too many": ("chance: [0.25, 0.75]", "chance: [0.25, 0.25, 0.5]", "ZC043"),
    "assumptions in a circle": ("A4: {value: 0..100", "A4: {value: A5 + 1", "ZC044"),
    "packages in a circle": ("P1: {name: First offer, like: now", "P1: {name: First offer, like: P2", "ZC044"),
    "score above 100": ("by_port: 100}", "by_port: 120}", "ZC045"),
    "negative weight": ("term: 20..60", "term: -20..60", "ZC045"),
    "share above 100": ("no_deal: {share: A2}", "no_deal: {share: 20..120}", "ZC045"),
    "chance above one": ("early: 0..0.1", "early: 0..1.1", "ZC045"),
    "rank above one": ("rank: 0.5", "rank: 1.5", "ZC045"),
    "grain that is no part of one": ("grain: 0.01", "grain: 0.03", "ZC045"),
    "more votes than there are": ("{need: all}", "{need: 3}", "ZC045"),
    "value off the scale": ("rent: {0: 0, 10: 100}", "rent: {0: 0, 12: 100}", "ZC045"),
    "words where a number is needed": ("no_deal: {share: A2}", "no_deal: {share: A6}", "ZC046"),
    "number where words are needed": ("{direction: A6}", "{direction: 5}", "ZC046"),
    "reason where a number is needed": ("no_deal: {share: A2, assume: no offer known}", "no_deal: A1", "ZC046"),
    "words and numbers mixed": ("A3: {value: yes | no", "A3: {value: yes | 3", "ZC046"),
    "split without alternatives": ("A4: {value: 0..100,", "A4: {value: 0..100, split: yes,", "ZC046"),
    "correlated words": ("between: [A2.city, A2.port]", "between: [A2.city, A6]", "ZC046"),
    "correlation with one": ("between: [A2.city, A2.port]", "between: [A2.city]", "ZC056"),
    "number as a condition": ("binds: A3", "binds: A4", "ZC046"),
    "too few numbers": ("term: [0, 10, 20]", "term: [0, 10]", "ZC047"),
    "too many numbers": ("fence: [5, 0]", "fence: [5, 0, 1]", "ZC047"),
    "option left out": ("by_city: 0, shared: 50, by_port: 100", "by_city: 0, by_port: 100", "ZC047"),
    "scale that leaves out an option": ("scale: none < half < full", "scale: none < half", "ZC047"),
    "line that ends early": ("rent: {0: 0, 10: 100}", "rent: {0: 0, 5: 100}", "ZC047"),
    "no-deal package that is a family": ("no_deal: {share: A2, assume: no offer known}", "no_deal: {package: P1}", "ZC047"),
    "no-deal values written differently": ("no_deal: {share: A2, assume: no offer known}", "no_deal: A2", "ZC048"),
    "no-deal values not alike": ("no_deal: {share: A2, assume: no offer known}", "no_deal: {share: 20}", "ZC048"),
    "not treated alike": ("influence: {city: 40..60, port: 40..60", "influence: {city: 40..60, port: 30..60", "ZC048"),
    "step that does not fit": ("step: 5", "step: 3", "ZC049"),
    "step of nothing": ("step: 5", "step: 0", "ZC049"),
    "step of words": ("dredging: {name: Who dredges,", "dredging: {name: Who dredges, step: 2,", "ZC049"),
    "issue with one option": ("[no_talks, open_talks]", "[no_talks]", "ZC056"),
    "alike with one party": ("alike: [city, port]", "alike: [city]", "ZC056"),
    "pattern of the wrong length": ("P2: {like: P1, terms: {rent: 10}, because: s2}", "P2: NYN", "ZC018"),
    "rules that exclude everything": ("R2: {that: not (fence and rent > 5)", "R2: {that: fence and not fence", "ZC050"),
}  # fmt: skip

# Second section: what a review found --------------------------------------------------------------------------------

_PARTIES = "parties:\n  city: {name: The city, seat: signatory"

BROKEN |= {
    # emptiness
    "blank title": ("title: A harbour lease", 'title: "  "', "ZC012"),
    "empty quotation": ("quote: no lease beyond 30 years", 'quote: ""', "ZC012"),
    "blank quotation": ("quote: no lease beyond 30 years", 'quote: "  "', "ZC012"),
    "quotation without a word": ("quote: no lease beyond 30 years", 'quote: "."', "ZC012"),
    "empty reason": ("assume: equal bargaining power", 'assume: ""', "ZC012"),
    "blank reason": ("assume: equal bargaining power", 'assume: "  "', "ZC012"),
    "reason left out in braces": ("assume: equal bargaining power", "assume:", "ZC012"),
    "because of nothing": ("dredging = by_port|shared if term = y50, because: s1", "dredging = by_port|shared if term = y50, because: []", "ZC012"),
    "because of an empty text": ("dredging = by_port|shared if term = y50, because: s1", 'dredging = by_port|shared if term = y50, because: ""', "ZC012"),
    "no blank behind a colon": ("{need: all}", "{need:all}", "ZC012"),
    "chances of nothing": ("A6: {value: up | down, ", "A6: {", "ZC012"),
    # characters
    "half a character": ("title: A harbour lease", 'title: "A \\ud800 lease"', "ZC002"),
    "character of code 0": ("title: A harbour lease", 'title: "A \\0 lease"', "ZC002"),
    "unprintable file name": ("file: sources/minutes.md", 'file: "sources/\\0.md"', "ZC002"),
    # numbers
    "grain too fine": ("grain: 0.01", "grain: 1/10000000000", "ZC045"),
    "number of many digits": ("y30: 20..90", f"y30: 20..{'9' * 101}", "ZC018"),
    "weight with a hyphen": ("term: 20..60", "term: 20-60", "ZC018"),
    "score with a hyphen": ("y30: 20..90", "y30: 20-90", "ZC018"),
    "share with a hyphen": ("no_deal: {share: A2, assume: no offer known}", "no_deal: {share: 20-40}", "ZC018"),
    "divisor that can be 0": ("2 * A4", "2 / A4", "ZC059"),
    "divisor that can be 0 in a judgement": ("no_deal: {share: A2, assume: no offer known}", "no_deal: {share: 1 / (A2 - 20)}", "ZC059"),
    "quotient above 100": ("no_deal: {share: A2, assume: no offer known}", "no_deal: {share: 2000 / A2}", "ZC045"),
    "scale of a single value": ("scale: 0..10", "scale: 4..4", "ZC040"),
    # agreement
    "no vote needed": ("{need: all}", "{need: 0}", "ZC045"),
    "half a signatory": ("{need: all}", "{need: 1.5}", "ZC045"),
    "quota of nothing": ("{need: all}", "{need: {quota: 0, votes: {city: 1, port: 1}}}", "ZC045"),
    "negative votes": ("{need: all}", "{need: {quota: 1, votes: {city: 2, port: -1}}}", "ZC045"),
    "deal that no package meets": ("deal: term != y20", "deal: term = y20 and term = y50", "ZC057"),
    # times
    "lever that ends before it begins": ("from: G1, until: 2025-01-01", "from: G1, until: 2024-01-01", "ZC040"),
    "lever of one moment": ("from: G1, until: 2025-01-01", "from: 2025-01-01, until: 2025-01-01", "ZC040"),
    "fact of a month after the as-of date": ("act: say, level: 1, said", "act: fact, time: 2024-09, level: 1, said", "ZC036"),
    "fact of a year after the as-of date": ("act: say, level: 1, said", "act: fact, time: 2025, level: 1, said", "ZC036"),
    # twice and in circles
    "pair correlated in two ways": ("  - {between: [A2.city, A2.port], rank: 0.5, assume: both feel the market}", "  - {between: [A2.city, A2.port], rank: 0.5, assume: both}\n  - {between: [A2.port, A2.city], rank: -0.5, assume: neither}", "ZC058"),
    "pair correlated twice": ("  - {between: [A2.city, A2.port], rank: 0.5, assume: both feel the market}", "  - {between: [A2.city, A2.port], rank: 0.5, assume: both}\n  - {between: [A2.port, A2.city], rank: 0.5, assume: both}", "ZC058"),
    "party alike itself": ("alike: [city, port]", "alike: [city, city]", "ZC056"),
    "statement within itself": ("within: s2", "within: s3", "ZC044"),
    "statements within each other": ("said: 2024-02-19}", "said: 2024-02-19, within: s3}", "ZC044"),
    # one fault, one report
    "options that are no list": ("options: [none, half, full]", "options: half", "ZC010"),
    "party named like an issue": ("      board: {name: The board, from: 2020-01-01, until: 2026-01-01}", "      board: {name: The board}\n  term: {name: The terminal, seat: observer}", ""),
    "assumption that cannot be read": ("A2: {value: 10..40", "A2: {value: 1e1", "ZC018"),
    "default that is misspelt": ("default: {direction: A6}", "default: {direction: A66}", "ZC016"),
    "scale that is misspelt": ("  fence: {scale: yesno, moves: up, by: city and port}", "  fence: {scale: yesnoo, moves: up, by: city and port}", "ZC016"),
    # tensions
    "tension about an unknown statement": (_PARTIES, "tensions: {T1: {says: long against short, because: [s1, s9]}}\n" + _PARTIES, "ZC020"),
    "tension without words": (_PARTIES, "tensions: {T1: {because: [s1, s3]}}\n" + _PARTIES, "ZC012"),
    "tension without statements": (_PARTIES, "tensions: {T1: {says: long against short}}\n" + _PARTIES, "ZC012"),
    "tension about no statement": (_PARTIES, "tensions: {T1: {says: long against short, because: []}}\n" + _PARTIES, "ZC012"),
    "tension named like a statement": (_PARTIES, "tensions: {s1: {says: long against short, because: s3}}\n" + _PARTIES, "ZC015"),
}  # fmt: skip
