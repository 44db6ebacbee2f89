"""When nothing is found: which filter stands in the way, wider questions, linked names, each with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from indexer import Filter, QuestionWord, Reading, SearchQuery, SearchResult, forms
from webapp.counts import documents_counted
from webapp.facets import BY_NAME
from webapp.figures import upper_first
from webapp.search_facets import Chip, Link, without_filters
from webapp.texts import gettext
from webapp.unknown_choices import Finds, unknown_choices, unknown_names_told, unknown_told
from webapp.vocabulary import Named, Vocabulary

MOST_WORDS = 4  # of the question are tried alone
MOST_NAMES = 4
SHORTEST_START = 4  # letters; a shorter one finds half the bank
SHORTER_BY = (0, 2, 4)  # letters left off a word that stands nowhere, until something is found

Counted = Callable[[SearchQuery], str]


@dataclass(frozen=True, slots=True)
class Way:
    """A way on. told: what it finds; both told and link are empty where the change makes no difference.

    note: why it is a way, where that is not clear.
    """

    label: str
    told: str
    link: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """unknown: sentences about choices that nothing in the bank has. misnamed: about such values in the question."""

    unknown: tuple[str, ...]
    misnamed: tuple[str, ...]
    filters: tuple[Way, ...]
    wider: tuple[Way, ...]
    names: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """How the help asks on: what a question finds, whether it finds anything, addresses, labels, named terms.

    counted: in words, "" for nothing. named: by the question, the longest name first.
    """

    counted: Counted
    finds: Finds
    link: Link
    words: Vocabulary
    named: tuple[Named, ...] = ()

    def way(self, label: str, query: SearchQuery, note: str = "", documents: int | None = None) -> Way | None:
        """None where nothing would be found that way either. documents: how many, where that is known already."""
        told = documents_counted(documents) if documents else self.counted(query)
        return Way(label, told, self.link(query), note) if told else None


def ways_on(result: SearchResult, query: SearchQuery, chosen: tuple[Chip, ...], asking: Asking) -> Help:
    """Asks the engine once for each filter, word and name; nothing was found, so there is time for it."""
    unknown = unknown_choices(query, asking.finds)
    return Help(
        unknown=unknown_told(unknown, asking.words),
        misnamed=unknown_names_told(query, asking.finds),
        filters=(
            *_without(query, unknown, asking),
            *_fewer_filters(result, query, _others(chosen, query, unknown), asking),
        ),
        wider=tuple(_wider(result, query, asking)),
        names=tuple(_names(query, asking)),
    )


def _without(query: SearchQuery, unknown: list[tuple[str, str]], asking: Asking) -> Iterator[Way]:
    """The search without what is unknown, where something else is chosen beside it."""
    less = query
    for name, key in unknown:
        kept = less.filter_of(name)
        include, exclude = (tuple(one for one in keys if one != key) for keys in (kept.include, kept.exclude))
        less = less.with_filter(Filter(name, include, exclude))
    names = ", ".join(upper_first(asking.words.label(name, key)) for name, key in unknown)
    if unknown and (way := asking.way(gettext("Sök utan valet %(value)s", value=names), less)):
        yield way


def _others(chosen: tuple[Chip, ...], query: SearchQuery, unknown: list[tuple[str, str]]) -> list[Chip]:
    """Without the facets in which all that is chosen is unknown: to leave those out is offered already."""
    settled = {
        one.field for one in query.filters if {(one.field, key) for key in (*one.include, *one.exclude)} <= {*unknown}
    }
    return [chip for chip in chosen if chip.field not in settled]


def _fewer_filters(result: SearchResult, query: SearchQuery, chosen: list[Chip], asking: Asking) -> Iterator[Way]:
    fields = list(dict.fromkeys(chip.field for chip in chosen))
    for field in fields:
        names = ", ".join(chip.label for chip in chosen if chip.field == field)
        if way := asking.way(gettext("Sök utan filtret %(filter)s", filter=names), query.without(field)):
            yield way
        elif len(fields) > 1:
            yield Way(gettext("Filtret %(filter)s gör ensamt ingen skillnad", filter=names), "", "")
    if len(fields) > 1:
        every = asking.way(gettext("Släpp alla filter"), without_filters(query), documents=result.unfiltered_total)
        yield from filter(None, (every,))


def _wider(result: SearchResult, query: SearchQuery, asking: Asking) -> Iterator[Way]:
    for reading, label, count in (
        (Reading.ALL, gettext("Alla orden, i vilken form som helst"), result.all_words),
        (Reading.ANY, gettext("Något av orden"), result.any_words),
    ):
        if reading is not result.reading and count is not None:
            yield from filter(None, (asking.way(label, replace(query, reading=reading, page=1), documents=count),))
    plain = [word for word in result.words if not word.negated]
    for word in plain[:MOST_WORDS]:
        way = asking.way(word.shown, _asking_for(query, word.shown)) if len(plain) > 1 else None
        if way:
            yield way
        elif word.kind == "word":
            yield from _instead_of(word, query, asking)


def _instead_of(word: QuestionWord, query: SearchQuery, asking: Asking) -> Iterator[Way]:
    """For a word that stands nowhere: how it begins, and the parts that it is made of."""
    written = word.shown.lower()
    starts = (f"{written[: len(written) - less]}*" for less in SHORTER_BY if len(written) - less >= SHORTEST_START)
    begun = (asking.way(start, _asking_for(query, start), gettext("ord som börjar så")) for start in starts)
    yield from islice(filter(None, begun), 1)
    for part in parts_of(written):
        if way := asking.way(part, _asking_for(query, part), gettext("en del av %(word)s", word=word.shown)):
            yield way


def parts_of(written: str) -> list[str]:
    """What a compound is made of, as one may ask for it: the last part as it is written, those before as starts."""
    tops = forms(written).tops
    if len(tops) < 2 or (last := written.rfind(tops[-1])) < SHORTEST_START:  # noqa: PLR2004 - a part is one of several
        return []
    return [*(f"{top}*" for top in tops[:-1] if len(top) >= SHORTEST_START), written[last:]]


def _names(query: SearchQuery, asking: Asking) -> Iterator[Way]:
    """Names and old names of controlled terms that the question holds, as a choice of what they are called now."""
    for named in asking.named[:MOST_NAMES]:
        chosen = without_filters(query).with_filter(
            replace(query.filter_of(named.kind), include=(named.key,), exclude=())
        )
        label = f"{BY_NAME[named.kind].label}: {asking.words.label(named.kind, named.key)}"
        note = gettext("%(old)s hör dit", old=named.old_name) if named.old_name else ""
        among = replace(chosen, text=named.rest, reading=Reading.AUTO)
        alone = replace(chosen, text="", reading=Reading.AUTO)
        offered = (asking.way(f"{label}, {named.rest}" if named.rest else label, among, note),)
        yield from filter(None, offered if offered[0] or not named.rest else (asking.way(label, alone, note),))


def _asking_for(query: SearchQuery, text: str) -> SearchQuery:
    return replace(query, text=text, typed="", reading=Reading.AUTO, page=1)
