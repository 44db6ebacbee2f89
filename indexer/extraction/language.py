"""The language of a text, and the languages of a mixed one, by their commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

READ = 10_000  # characters from the start and as many from the middle
LEAST_SHARE = 0.1  # of a text, for a language to be named beside the chief one
PASSAGE = 400  # characters that tell their language; shorter paragraphs are taken together with their neighbours
MOST_LANGUAGES = 3
FEWEST = 3  # words of the list; with fewer the language is not told
# Words that are frequent in one language and, as far as possible, no word in its neighbours.
_WORDS = {
    "sv": "och att är för inte som på av med till det den har kan ett vid från även eller ska också mellan genom efter",
    "no": "og å er for ikke som på av med til det den har kan et ved fra også eller skal mellom gjennom etter jeg ble",
    "da": "og at er for ikke som på af med til det den har kan et ved fra også eller skal mellem gennem efter jeg blev",
    "en": "the and of to in is that for it with as was on are by this be from or which have not an at",
    "de": "und der die das ist nicht mit von für auf den dem ein eine zu im auch werden sich bei oder als wird",
    "fi": "ja on ei että oli se tai ovat myös joka mutta kuin sekä voi ole niin hän mukaan kun jos sen tämä",
    "fr": "et le la les des est une dans pour que qui sur pas par avec du au ne ce sont plus aux ou",
    "es": "y el la los las es una en para que de por con no se del al su como más o son este",
}
_LANGUAGES: dict[str, list[str]] = {}  # by word
for _language, _words in _WORDS.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_language)
# In lower case. Ranges are looked up twice as fast as [^\W\d_]; far scripts' signs among them make no listed word.
_WORD = re.compile(r"[a-zµß-öø-\u1fff\u2c00-\ud7ff]+")


def detect(text: str) -> str:
    """Two letters (ISO 639-1); "" for a text too short or in a language that is not known."""
    middle = len(text) // 2
    part = text if len(text) <= 2 * READ else text[:READ] + " " + text[middle : middle + READ]
    words = _WORD.findall(part.lower())
    scores = Counter(chain.from_iterable([_LANGUAGES[word] for word in words if word in _LANGUAGES]))
    best = max(_WORDS, key=lambda language: scores[language])
    enough = scores[best] >= FEWEST and scores[best] >= 0.05 * len(words)
    return best if enough else ""


def shares(pages: Iterable[str]) -> tuple[str, ...]:
    """The languages that at least a tenth of the text is in, by passages; most of it first."""
    lengths: Counter[str] = Counter()
    for page in pages:
        for passage in _passages(page):
            lengths[detect(passage)] += len(passage)
    del lengths[""]
    least = LEAST_SHARE * lengths.total()
    return tuple(language for language, length in lengths.most_common(MOST_LANGUAGES) if length >= least)


def _passages(page: str) -> Iterator[str]:
    """Paragraphs, the short ones joined; what is left at the end of a page stands alone."""
    gathered = ""
    for paragraph in page.split("\n\n"):
        gathered = f"{gathered}\n{paragraph}" if gathered else paragraph
        if len(gathered) >= PASSAGE:
            yield gathered
            gathered = ""
    if gathered:
        yield gathered
