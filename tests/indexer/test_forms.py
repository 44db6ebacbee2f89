"""What a word is found by: its whole key, the parts of a compound, its leaves, its 5-grams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.folding import LONGEST_TOKEN, fold
from indexer.analysis.forms import forms, grams
from indexer.analysis.lexicon import Lexicon
from indexer.analysis.own_words import OwnWords
from indexer.analysis.splitter import MOST_PARTS, parts_of
from indexer.analysis.word_data import table

# Word, its top parts, its leaves ("" where they are the top parts), all as dictionary forms.
COMPOUNDS = """
boendestöd             = boende stöd
familjehemsplacering   = familjehem placering          = familj hem placering
missbruksvård          = missbruk vård
missbruksvården        = missbruk vård
socialsekreterarnas    = social sekreterare
barnavårdsutredning    = barnavård utredning
våldsutsatta           = våld utsatt
umgängesrätt           = umgänge rätt
hemtjänstprojekt       = hemtjänst projekt             = hem tjänst projekt
hemtjänstprojektets    = hemtjänst projekt             = hem tjänst projekt
orosanmälan            = oro anmälan
orosanmälningarna      = oro anmälan
anmälningsplikt        = anmälan plikt
biståndsansökningar    = bistånd ansökan
stödboende             = stöd boende
arbetsmarknadsåtgärder = arbetsmarknad åtgärd          = arbete marknad åtgärd
arbetsmiljölagen       = arbetsmiljö lag               = arbete miljö lag
smittskyddslagen       = smittskydd lag                = smitta skydd lag
socialtjänstlagen      = socialtjänst lag              = social tjänst lag
ungdomsmottagningen    = ungdom mottagning
brukarinflytande       = brukare inflytande
föräldrastödsprogram   = förälder stöd program
kvinnojour             = kvinna jour
kvinnojouren           = kvinna jour
familjerätten          = familj rätt
försörjningsstöd       = försörjning stöd
skolsocialt            = skola social
äldreboende            = äldre boende
demensboendet          = demens boende
kontaktfamiljer        = kontakt familj
funktionsnedsättning   = funktion nedsättning
synnedsättning         = syn nedsättning
fallprevention         = fall prevention
fallucka               = fall lucka
gängkriminalitet       = gäng kriminalitet
teckenspråkstolk       = teckenspråk tolk              = tecken språk tolk
stadsdelarna           = stad del
budgetåret             = budget år
årsredovisning         = år redovisning
sekretesslagen         = sekretess lag
storstäder             = stor stad
barnböckerna           = barn bok
hyresgästerna          = hyra gäst
vårdgarantin           = vård garanti
handläggningstider     = handläggning tid
personakten            = person akt
hvbhem                 = hvb hem
lvuplacering           = lvu placering
folkhälsomyndigheten   = folkhälsa myndighet           = folk hälsa myndighet
rådgivning             = råd givning
smittspridning         = smitta spridning
mödrahälsovården       = moder hälsovård               = moder hälsa vård
"""
WHOLE = """
placering utredning verksamhet regeringen bistånd arbetslöshet förskola underhåll omsorg insats avgift uppföljning
mottagning tillsyn samverkan medverkan utvärdering anhörig återfall föräldraskap sjukdom ungdom barndom ensamhet
samhälle bostad kommun verktyg placerad lagring validering kombination fordringar serveringen servering överstiger
oversända översända fortsättning fortbildning införskaffa handläggare handledning bakgrund storlek fritid fullmakt
måltid ordförande riksdagen vägledning önskemål reporter elever projektet personal kvinnor
social statistik metod information kommunikation organisation rehabilitering integration dokumentation
"""
SAME_KEY = """
barn barnet barnen barnens barns
hem hemmet hemmen hemmets
boende boendet boenden boendena
bok boken böcker böckerna böckernas
hand händer händerna
stad städer städerna
man män männen
land länder
missbruksvård missbruksvården missbruksvårdens
äldreomsorg äldreomsorgen äldreomsorgens
kommun kommunen kommuner kommunernas
person personen personer personerna
orosanmälan orosanmälningar orosanmälningarna
ansökan ansökningar ansökningarna
boendestöd boendestödet boendestödets boendestöden
insats insatsen insatser insatserna insatsernas
åtgärd åtgärden åtgärder åtgärderna åtgärdernas
förälder föräldrar föräldrarna
utredning utredningen utredningar utredningarna
socialsekreterare socialsekreteraren socialsekreterarna socialsekreterarnas
brukare brukaren brukarna brukarnas
hemtjänst hemtjänsten hemtjänstens
resultat resultatet resultaten
ledamot ledamöter
samtal samtalet samtalen
familjehem familjehemmet familjehemmen
projekt projektet projekten
"""


def key(word: str) -> str:
    return forms(word).keys[0]


def compounds() -> list[tuple[str, list[str], list[str]]]:
    rows = ([column.split() for column in line.split("=")] for line in COMPOUNDS.strip().splitlines())
    return [(row[0][0], row[1], row[-1]) for row in rows]


@pytest.mark.parametrize(("word", "tops", "leaves"), compounds())
def test_compounds_are_taken_apart(word: str, tops: list[str], leaves: list[str]) -> None:
    """The keys of its parts are those that the parts have as words of their own."""
    found = forms(word)

    assert found.tops == tuple(map(key, tops))
    assert found.leaves == tuple(map(key, leaves))


@pytest.mark.parametrize("word", WHOLE.split())
def test_words_that_are_no_compounds_stay_whole(word: str) -> None:
    assert forms(word).tops == ()
    assert forms(word).leaves == forms(word).keys


@pytest.mark.parametrize("words", SAME_KEY.strip().splitlines())
def test_all_inflections_of_a_word_have_one_key(words: str) -> None:
    assert len(set(map(key, words.split()))) == 1


def test_keys_hold_the_word_every_level_and_the_leaves_in_this_order() -> None:
    keys = forms("hemtjänstprojekt").keys

    assert keys == (key("hemtjänstprojekt"), *map(key, ("hemtjänst", "projekt", "hem", "tjänst")))


@pytest.mark.parametrize(("one", "other"), [("får", "far"), ("för", "for"), ("måla", "mala"), ("hår", "här")])
def test_rings_and_dots_are_never_folded(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize("token", ["2020", "47", "1", "3b", "4kap", "co2", "жук", "αβγδεζηθ"])
def test_what_is_no_swedish_word_is_its_own_key(token: str) -> None:
    assert forms(token) == ((token,), (), (token,))


@given(st.from_regex(r"[^\W_]+", fullmatch=True).map(fold))
def test_any_string_has_forms(exact: str) -> None:
    found = forms(exact)

    assert all(found.keys)
    assert all(found.leaves)
    assert len(set(found.keys)) == len(found.keys)
    assert {*found.tops, *found.leaves} <= {*found.keys}
    assert bool(found.tops) == (len(found.leaves) > 1)
    assert "/" not in "".join(found.keys)
    assert " " not in "".join(found.keys)


PARTS = (
    "arbets",
    "barn",
    "familje",
    "hem",
    "tjänst",
    "projekt",
    "vård",
    "vårds",
    "skol",
    "stöd",
    "fall",
    "lucka",
    "er",
)


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8).map("".join))
def test_parts_cover_the_word_and_are_words_of_their_own(word: str) -> None:
    lexicon = Lexicon(table(), OwnWords())
    parts = parts_of(word, lexicon)

    assert len(parts) <= MOST_PARTS
    assert not parts or len(word) <= sum(map(len, parts)) <= len(word) + len(parts) - 1
    if parts and lexicon.lemma(word) == word:
        assert forms(word).tops[0] == key(lexicon.of_first(parts[0]))
        assert forms(word).tops[-1] == key(lexicon.of_last(parts[-1]))
        assert forms(word).keys[0].endswith(forms(word).tops[-1])


@pytest.mark.parametrize("part", ["barn", "arbets", "a", "ab", "fall", "vård", "sss", "hemtjänst"])
def test_the_work_for_a_very_long_word_grows_with_its_length(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each round asks once at each place for the first parts that begin there, however many ways lead to it."""
    asked: list[str] = []
    ask = Lexicon.first_parts

    def counted(lexicon: Lexicon, text: str) -> list[str]:
        asked.append(text)
        return ask(lexicon, text)

    monkeypatch.setattr(Lexicon, "first_parts", counted)
    word = (part * LONGEST_TOKEN)[: LONGEST_TOKEN - 4] + "vård"

    parts_of(word, Lexicon(table(), OwnWords()))

    assert len(asked) <= (MOST_PARTS - 1) * len(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("vård", ("_vård", "vård_")),
        ("hem", ("_hem_",)),
        ("sol", ("_sol_",)),
        ("ö", ("_ö_",)),
        ("kris", ("_kris", "kris_")),
        ("hjälp", ("_hjäl", "hjälp", "jälp_")),
    ],
)
def test_grams_are_five_letters_of_the_padded_word(word: str, expected: tuple[str, ...]) -> None:
    assert grams(word) == expected


def test_a_pronoun_has_not_the_key_of_a_disease() -> None:
    assert not set(forms("demens").keys) & {*forms("dem").keys, *forms("de").keys}
    assert forms("demensvård").tops == (forms("demens").keys[0], forms("vård").keys[0])
