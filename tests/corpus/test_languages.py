"""Languages: told by English words where they suffice, by a model elsewhere."""

import json
import subprocess
import sys

import py3langid
import pytest

from analysis.corpus.languages import language

ENGLISH = (
    "The ferry stayed in port on Thursday and the harbour master said that those who had booked were free to wait. "
    "They could go with the evening boat, which would leave when the wind had turned."
)
OTHERS = {
    "de": "Die Fähre blieb am Donnerstag im Hafen, und der Hafenmeister sagte, dass alle warten könnten, bis der Wind sich legt.",
    "fr": "Le ferry est resté au port jeudi et le capitaine a dit que ceux qui avaient réservé pouvaient attendre le soir.",
    "es": "El transbordador se quedó en el puerto el jueves y el capitán dijo que los pasajeros podían esperar hasta la noche.",
    "it": "Il traghetto è rimasto in porto giovedì e il capitano ha detto che chi aveva prenotato poteva aspettare la sera.",
    "pl": "Prom został w porcie w czwartek, a kapitan powiedział, że to dobrze, i ci, którzy mają bilety, mogą poczekać do wieczora.",
    "da": "Færgen blev i havnen torsdag, og havnemesteren sagde, at det var bedst for alle at vente, til vinden har lagt sig.",
    "nl": "De veerboot bleef donderdag in de haven en de havenmeester zei dat wie had geboekt tot de avond kon wachten.",
    "ru": "Паром остался в порту в четверг, и начальник порта сказал, что пассажиры могут подождать до вечера.",
}


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_in_another_language_is_not_taken_for_english(code):
    assert language(OTHERS[code]) == code


def test_english_is_told_without_the_model():
    probe = f"import sys; from analysis.corpus.languages import language; print(language({ENGLISH!r}), 'py3langid' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["en", "False"]


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_of_which_a_part_is_english_is_left_to_the_model(code):
    for text in (ENGLISH + " " + 9 * OTHERS[code], 9 * OTHERS[code] + " " + ENGLISH):
        assert language(text) == py3langid.classify(text)[0]


def test_a_text_without_a_word_is_left_to_the_model():
    assert language("") == py3langid.classify("")[0]
    assert language("1 2 3") == py3langid.classify("1 2 3")[0]


def test_words_and_model_agree_on_news_and_lessons(shared):
    texts = []
    for name in ("onestop", "polnear_dev", "narrative_frames_dev"):
        path = shared / "gold" / f"{name}.jsonl"
        if not path.is_file():
            pytest.skip("the labelled texts are not here")
        texts += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    assert [language(text) for text in texts] == [py3langid.classify(text[:20_000])[0] for text in texts]
