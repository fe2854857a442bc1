"""Only English is read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from zopa.reading.articles import Article
from zopa.reading.document_faults import DocumentFault
from zopa.reading.english import language_of, refuse_other_languages
from zopa.reading.lines import split_lines

ENGLISH = "The harbour board said on Monday that it wants a lease of thirty years, and that it will not sign before spring."
OTHERS = {
    "French": "Le conseil du port a déclaré lundi qu’il voulait un bail de trente ans pour le quai nord, et rien de plus court.",
    "German": "Der Hafenrat sagte am Montag, er wolle einen Pachtvertrag über dreißig Jahre für den nördlichen Kai.",
    "Russian": "Совет порта заявил в понедельник, что хочет аренду северного причала на тридцать лет.",
    "Chinese": "港务局周一表示，希望北码头的租约为三十年，不会接受更短的期限。",
    "Spanish": "La junta del puerto dijo el lunes que quiere un contrato de treinta años para el muelle norte.",
    "Dutch": "De havenraad zei maandag dat hij een pachtcontract van dertig jaar wil voor de noordelijke kade.",
    "Arabic": "قال مجلس الميناء يوم الاثنين إنه يريد عقد إيجار لمدة ثلاثين عاما للرصيف الشمالي.",
    "Ukrainian": "Рада порту заявила в понеділок, що хоче оренду північного причалу на тридцять років.",
}


def article(*lines: str) -> Article:
    text = "\n".join(lines)
    return Article("a.txt", text, split_lines(text))


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_named(language: str) -> None:
    with pytest.raises(DocumentFault, match=f"mainly in {language}") as caught:
        refuse_other_languages(article("Quay Talks", OTHERS[language], OTHERS[language]))
    assert caught.value.line == 2


@pytest.mark.parametrize("language", OTHERS)
def test_a_foreign_quotation_passes_where_most_is_english(language: str) -> None:
    refuse_other_languages(article(ENGLISH, OTHERS[language], ENGLISH, ENGLISH))
    with pytest.raises(DocumentFault):
        refuse_other_languages(article(ENGLISH, *[OTHERS[language]] * 4))


@pytest.mark.parametrize(
    "text",
    [
        "Ines Moen, Kåre Bråthen, Józef Wałęsa, Nguyễn Văn An and Bjørk Þórsdóttir signed the lease in Tromsø on Monday.",
        "Rent: 40,000 euros. Term: thirty years.",
        "Yes.",
        "Moen resigns.",
        "1 2 3",
    ],
)
def test_names_figures_and_short_texts_pass(text: str) -> None:
    refuse_other_languages(article(text))


def test_a_short_text_in_another_script_does_not() -> None:
    with pytest.raises(DocumentFault, match="mainly in"):
        refuse_other_languages(article("Договор подписан."))


def test_headings_count_only_where_there_is_nothing_else() -> None:
    refuse_other_languages(article("Совет порта и договор", ENGLISH))
    with pytest.raises(DocumentFault, match="mainly in"):
        refuse_other_languages(article("Совет порта и договор аренды"))


def test_lines_are_told_apart() -> None:
    assert language_of(ENGLISH) == "English"
    assert language_of("Dockers demand higher wages amid growing unrest across northern harbours this week") == "English"
    assert language_of("Zzz qqq") is None
    assert language_of("") is None


def test_clear_english_needs_no_language_model() -> None:
    code = (
        "import sys; from zopa.reading.articles import Article, Line, Span;"
        "from zopa.reading.english import refuse_other_languages;"
        "text = sys.argv[1]; refuse_other_languages(Article('a', text, (Line(1, Span(0, len(text)), 'text'),)));"
        "print('py3langid' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, ENGLISH], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_reference_article_is_english(shared: Path) -> None:
    text = (shared / "article" / "article.txt").read_text(encoding="utf-8")
    refuse_other_languages(Article("article.txt", text, split_lines(text)))
