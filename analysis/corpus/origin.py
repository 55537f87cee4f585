"""Origin: who wrote an article, and who published this copy of it, each with its evidence.

The user's word stands above all; what the page says then confirms or contradicts it. Without it, a signature (a
dateline, a byline, a sign-off) goes before a credit, and both before the place where the copy was published, which
is evidence only where nothing else speaks. Signs of one strength that differ leave the outlet unknown, and so does
a page that says nothing: nobody is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from analysis.corpus.credits import SITE, STRONG, WEAK, Shared, Sign, copyright_holder, credits
from analysis.corpus.ends import Ends, ends
from analysis.corpus.formats.item import Repair
from analysis.corpus.outlets import OutletPattern
from analysis.corpus.signatures import Signatures, outlet_like, outlet_named, signatures
from analysis.tables import UNKNOWN

KIND = "outlet"  # of the warnings
NEAR_FOOT = 40  # lines below the story in which a copyright line is looked for
_PREFIX = re.compile(r"\A(?:www\d?|m|amp|mobile|edition)\.(?=[^.]+\.)")
_ARCHIVED = re.compile(r"https?://(?:web\.archive\.org/web|archive\.(?:today|is|ph))/\w{1,20}/(?=https?://)")
_AUTHORS_NOTICE = re.compile(
    r"distributed by|reprinted|with permission|may not be (?:re)?published", re.IGNORECASE
)
_NAME = r"(?:[A-ZÀ-Þ][\w.’'-]*|of|the|and|&)"
_MASTHEAD = re.compile(  # words that menus have, too, only behind "The": "Latest News"
    rf"{_NAME}(?: {_NAME}){{0,4}}? (?:Tribune|Times|Post|Herald|Gazette|Register|Chronicle|Courier|Journal|Observer"
    r"|Telegraph|Ledger|Examiner|Inquirer|Dispatch|Bulletin|Sentinel|Argus|Advertiser|Globe|Echo|Mirror|Guardian)"
    rf"|The (?:{_NAME} ){{0,4}}?(?:Mail|Express|Standard|Star|Sun|News|Daily|Monitor|Today|Independent|Record|Nation|Citizen)"
)


@dataclass(frozen=True)
class Origin:
    """Who wrote an article: `outlet` (an id, or unknown), its display `name`, the `evidence` for it.

    `via` is the display name of who published this copy: "" for the outlet itself, unknown where that cannot be told.
    """

    outlet: str
    name: str
    evidence: str
    via: str
    warnings: tuple[Repair, ...]


@dataclass(frozen=True)
class _Site:
    """Who published a copy, as its address and file say: the outlet, where it is a listed one, and a name to show."""

    outlet: OutletPattern | None
    name: str
    where: str


def origin(
    lines: Sequence[tuple],
    raw: str,
    fields: Mapping[str, str],
    told: str = "",
    outlets: tuple[OutletPattern, ...] | None = None,
) -> Origin:
    """Who wrote and who published the article `raw`, whose `lines` are labelled (`cleaning.Row`) and of which its file says `fields`.

    `told` is the outlet that the user names, by its id or name.
    """
    known, page = signatures(outlets), ends(lines, raw)
    host, site = _site(fields, known)
    signs, shared = [], []
    for one in credits(page, fields, known):
        (signs if isinstance(one, Sign) else shared).append(one)
    signs += _provided(fields, host, known)
    if told:
        return _told(told, signs, host, site, page, known)
    warnings: list[Repair] = []
    if site and site.outlet and len({sign.outlet.id for sign in signs if sign.rank == STRONG}) > 1:
        # Systems fill in the name of the site where they know no author.
        signs = [
            one
            for one in signs
            if one.outlet.id != site.outlet.id or not one.where.startswith("byline given")
        ]
    strongest = min((sign.rank for sign in signs), default=SITE)
    by = {sign.outlet.id: sign for sign in reversed(signs) if sign.rank == strongest}
    if len(by) > 1:
        named = "; ".join(f"{sign.where} says {sign.outlet.name}" for sign in reversed(by.values()))
        warnings.append((KIND, len(by), f"signs of who wrote it differ: {named}"))
        return Origin(UNKNOWN, "", "", _via(None, host, site, page, known), tuple(warnings))
    if by:
        sign = next(iter(by.values()))
        if strongest == WEAK and (also := [one for one in shared if one.where in sign.where]):
            warnings.append(_part(also[0], sign.outlet.name))
        via = _via(sign.outlet, host, site, page, known)
        return Origin(sign.outlet.id, sign.outlet.name, sign.where, via, tuple(warnings))
    is_foreign = any(one.is_whole for one in shared)
    if shared:
        shared.sort(key=lambda one: not one.is_whole)
        own = (
            ""
            if is_foreign or site is None
            else site.outlet.name
            if site.outlet
            else fields.get("outlet", "")
        )
        warnings.append(_part(shared[0], own))
    if site is None or is_foreign:
        return Origin(UNKNOWN, "", "", _via(None, host, site, page, known), tuple(warnings))
    if site.outlet:
        return Origin(site.outlet.id, site.outlet.name, site.where, "", tuple(warnings))
    column = fields.get("outlet", "")
    if column and not (known.named(column) and not _writer(known.named(column))):
        id, name = outlet_named(column, known.outlets)
        if near := outlet_like(column, known.outlets):
            hint = (
                f"if it is, write {near.id} in documents.csv, or add the name to an outlets.yml of your own"
            )
            warnings.append((KIND, 1, f"{name} is taken for an outlet of its own; is it {near.name}? {hint}"))
        return Origin(id, name, site.where if name else "", "", tuple(warnings))
    return Origin(UNKNOWN, "", "", _via(None, host, site, page, known), tuple(warnings))


def _part(shared: Shared, own: str) -> Repair:
    taken = f"the outlet was taken to be {own}" if own else "the outlet is left unknown"
    return KIND, 1, f"{shared.where}: {shared.text[:80]!r} names others beside the author: {taken}"


def _told(
    told: str, signs: list[Sign], host: _Site | None, site: _Site | None, page: Ends, known: Signatures
) -> Origin:
    """The user's word, and what the page says to it."""
    id, name = outlet_named(told, known.outlets)
    outlet = known.by_id.get(id)
    text = [sign for sign in signs if sign.rank <= WEAK]
    if site and site.outlet and site.outlet.agency:
        text.append(Sign(site.outlet, SITE, site.where))
    same = next((sign for sign in text if sign.outlet.id == id), None)
    other = next((sign for sign in text if sign.outlet.id != id), None)
    is_own = site is not None and (
        site.outlet.id == id if site.outlet else site.name.casefold() == name.casefold()
    )
    warnings = ()
    if other is None and same is None and site and site.outlet and not is_own:
        warnings = ((KIND, 1, f"told to be by {name}; {site.where} says only that it stands there"),)
    if other and (same is None or other.rank <= same.rank):
        warnings = ((KIND, 1, f"told to be by {name}; {other.where} says {other.outlet.name}"),)
    via = "" if is_own else _via(outlet, host, site, page, known)
    if via == "" and not is_own and same is None:
        via = UNKNOWN
    if via and outlet_named(via, known.outlets)[0] == id:  # the page around the story names the outlet itself
        via = ""
    return Origin(id, name, f"told; {same.where}" if same else "told", via, warnings)


def _site(fields: Mapping[str, str], known: Signatures) -> tuple[_Site | None, _Site | None]:
    """Where a copy stood by its address, and who published it by address, name of the site or column, best first."""
    url = _ARCHIVED.sub("", fields.get("url", "").strip())
    try:
        host = (urlsplit(url if "://" in url else f"//{url}").hostname or "").lower()
    except ValueError:
        host = ""
    at = None
    if "." in host:
        bare = _PREFIX.sub("", host)
        owner = known.at(host)
        at = _Site(_writer(owner), owner.name if owner else bare, f"url: {bare}")
    named = [(fields.get("via", ""), "site name"), (fields.get("outlet", ""), "column outlet")]
    sites = [_Site(_writer(known.named(name)), name, f"{how} ({name[:60]})") for name, how in named if name]
    listed = [one for one in ((at,) if at else ()) + tuple(sites) if one.outlet]
    return at, next(iter([*listed, *sites, *((at,) if at else ())]), None)


def _writer(outlet: OutletPattern | None) -> OutletPattern | None:
    """An outlet that writes; None for a portal or archive, which prints what others wrote."""
    return None if outlet is None or outlet.prints_only else outlet


def _provided(fields: Mapping[str, str], host: _Site | None, known: Signatures) -> list[Sign]:
    """An agency that the file names as its source, where it is not the site itself: a portal's copy of its text."""
    signs = []
    for field, how in (("outlet", "column outlet"), ("via", "site name")):
        outlet = known.named(fields.get(field, "")) if fields.get(field) else None
        if outlet and outlet.agency and not (host and host.outlet and host.outlet.id == outlet.id):
            signs.append(Sign(outlet, STRONG, f"{how} ({fields[field][:60]})"))
    return signs


def _via(
    outlet: OutletPattern | None, host: _Site | None, site: _Site | None, page: Ends, known: Signatures
) -> str:
    """The display name of who published a copy of `outlet`'s text."""
    if host and host.outlet:
        return "" if outlet and host.outlet.id == outlet.id else host.outlet.name
    if site and not (site.outlet and outlet and site.outlet.id == outlet.id):
        return site.outlet.name if site.outlet else site.name
    if host:
        return host.name
    if printed := _printed(outlet, page, known):
        return printed
    if outlet is None or (outlet.agency and not site):
        return UNKNOWN
    return ""


def _printed(outlet: OutletPattern | None, page: Ends, known: Signatures) -> str:
    """Who signs the page around the story: the name above its headline, where its copyright line has a word of it or
    there is none, else the copyright line."""
    holder, above = _holder(outlet, page, known), _masthead(page, known)
    owner = known.named(above)
    if above and (not holder or _words(above) & _words(holder)):
        return above if owner is None else "" if outlet and owner.id == outlet.id else owner.name
    return holder


def _holder(outlet: OutletPattern | None, page: Ends, known: Signatures) -> str:
    """Whom the copyright line below the story names: its page's owner, not the author's notice that travels with it."""
    for line in page.foot[:NEAR_FOOT]:
        if (
            line.role == "caption"
            or _AUTHORS_NOTICE.search(line.text)
            or not (name := copyright_holder(line.text))
        ):
            continue
        owner = known.named(name) or known.written(name.split(" ", 1)[0])
        if owner is None:
            return name
        if not owner.agency and not (outlet and owner.id == outlet.id):
            return owner.name
    return ""


def _masthead(page: Ends, known: Signatures) -> str:
    """The one line above the headline that is a newspaper's name."""
    above = [line.text for line in page.head[: max(page.headline, 0)]]
    written = [" ".join(map(str.capitalize, text.split())) if text.isupper() else text for text in above]
    names = [
        name
        for text, name in zip(above, written, strict=True)
        if _MASTHEAD.fullmatch(name) or ((one := known.written(text)) and not one.agency)
    ]
    return names[0] if len(names) == 1 else ""


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w{4,}", name.casefold()))
