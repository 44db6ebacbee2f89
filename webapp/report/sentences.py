"""What the bank can say in words from its own numbers, and nothing more: no praise, no reasons, no guesses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from indexer import MISSING
from webapp.counts import documents_counted, projects_counted
from webapp.figures import HARD_BLANK, number
from webapp.report.content import Money, Number, ReportedProject, Row
from webapp.texts import gettext as _
from webapp.texts import ngettext


def joined(parts: Sequence[str]) -> str:
    """a, b och c."""
    if len(parts) < 2:  # noqa: PLR2004 - one has nothing to be joined with
        return "".join(parts)
    return _("%(first)s och %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def kronor(value: int) -> str:
    return _("%(value)s kr", value=number(value)).replace(" ", HARD_BLANK)


def money_told(money: Money) -> str:
    """500 000 kr, 38 500 kr återbetalat; empty where there is neither."""
    granted = kronor(money.granted) if money.granted else ""
    repaid = _("%(money)s återbetalat", money=kronor(money.repaid)) if money.repaid else ""
    return ", ".join(filter(None, (granted, repaid)))


def equality_of(project: ReportedProject) -> str:
    if project.equality is None:
        return _("uppgift om jämställdhetsanalys saknas")
    return _("jämställdhetsanalys gjord") if project.equality else _("ingen jämställdhetsanalys")


def facts_told(project: ReportedProject) -> str:
    """Owners, years, money, finding, equality analysis, and who may see it: in the order of every list."""
    finding = _("utfall: %(finding)s", finding=project.finding_label) if project.finding else ""
    facts = (project.owners, project.years, money_told(project.money), finding, equality_of(project), project.seen)
    return " · ".join(filter(None, facts))


def year_told(
    year: int, total: Row, projects: Sequence[ReportedProject], findings: Sequence[Row], numbers: Sequence[Number]
) -> list[str]:
    """Money, findings, state, documents and what is missing, a sentence or two each."""
    if not projects:
        return [nothing_told(year)]
    *_others, documents, finals = numbers
    told = [_granted(year, total), *_findings_told(findings), *_states_told(projects)]
    told.append(
        _(
            "Till projekten hör %(documents)s, varav %(finals)s.",
            documents=documents_counted(documents.value),
            finals=ngettext("%(n)s slutrapport", "%(n)s slutrapporter", finals.value, n=number(finals.value)),
        )
    )
    if missing := sum(not one.summary and not one.closed for one in projects):
        told.append(_("%(projects)s saknar sammanfattning.", projects=projects_counted(missing)))
    return told


def nothing_told(year: int) -> str:
    return _("Banken har inga projekt med medel för %(year)s som passar dina val och som du får se.", year=year)


def _findings_told(findings: Sequence[Row]) -> Iterator[str]:
    """Those that the editors have written, then how many they have not."""
    if known := [(row.label, row.projects) for row in findings if row.key != MISSING]:
        yield _("Utfallet är %(findings)s.", findings=_shares(known))
    if unknown := sum(row.projects for row in findings if row.key == MISSING):
        yield _("Uppgift om utfall saknas för %(projects)s.", projects=projects_counted(unknown))


def _states_told(projects: Sequence[ReportedProject]) -> Iterator[str]:
    states = Counter(one.status for one in projects)
    unknown = states.pop("", 0)
    if states:
        yield _("Status är %(states)s.", states=_shares(states.most_common()))
    if unknown:
        yield _("Uppgift om status saknas för %(projects)s.", projects=projects_counted(unknown))


def _shares(counted: Iterable[tuple[str, int]]) -> str:
    """stöd i 2 projekt, blandat i 3 och ej utvärderat i 4."""
    (label, count), *others = counted
    first = _("%(label)s i %(projects)s", label=label, projects=projects_counted(count))
    return joined([first, *(_("%(label)s i %(n)s", label=label, n=number(count)) for label, count in others)])


def _granted(year: int, total: Row) -> str:
    granted, repaid = kronor(total.money.granted), kronor(total.money.repaid)
    counted = projects_counted(total.projects)
    told = _(
        "%(projects)s har medel för %(year)s. %(granted)s är beviljade", projects=counted, year=year, granted=granted
    )
    if not total.money.repaid:
        return f"{told}."
    return _("%(told)s och %(repaid)s återbetalade.", told=told, repaid=repaid)


def money_note(shared: Sequence[str]) -> str:
    """How money is counted where a project stands on the rows of several owners; names them."""
    if not shared:
        return _("Inget projekt står på flera rader, så raderna blir tillsammans summan.")
    return ngettext(
        "%(names)s ägs av flera förvaltningar. Hela beloppet står på var och en av deras rader, men räknas en gång i "
        "summan. Därför är raderna tillsammans mer än summan.",
        "%(names)s ägs av flera förvaltningar var. Hela beloppet står på var och en av deras rader, men räknas en gång "
        "i summan. Därför är raderna tillsammans mer än summan.",
        len(shared),
        names=joined(list(shared)),
    )


def equality_told(projects: Sequence[ReportedProject]) -> list[str]:
    done = number(sum(bool(one.equality) for one in projects))
    counted = projects_counted(len(projects))
    told = [_("%(done)s av %(projects)s har gjort en jämställdhetsanalys.", done=done, projects=counted)]
    if not_done := [one.title for one in projects if one.equality is False]:
        told.append(_("Ingen analys är gjord i %(names)s.", names=joined(not_done)))
    if unknown := [one.title for one in projects if one.equality is None]:
        told.append(_("Uppgift saknas för %(names)s.", names=joined(unknown)))
    return told


def about(year: int) -> list[str]:
    """What the figures mean, for whoever reads the report without the bank at hand."""
    return [
        _(
            "Ett projekt hör till rapporten om banken har en uppgift om medel till det för %(year)s, beviljade eller "
            "återbetalade. När projektet pågick spelar ingen roll.",
            year=year,
        ),
        _("Belopp är hela kronor för %(year)s. Varje projekt räknas en gång i en summa.", year=year),
        _(
            "Förvaltningar som har gått samman räknas under sitt nuvarande namn. Vid projektet står namnet som gällde "
            "då."
        ),
        _(
            "Rapporten bygger på de projekt och dokument som den som gjorde den får se. Länkarna visar var och en det "
            "som den själv får se."
        ),
        _(
            "Meningar om antal och belopp är skrivna av banken ur dess uppgifter. Utfall och sammanfattningar har "
            "redaktionen skrivit."
        ),
    ]
