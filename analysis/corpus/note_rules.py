"""Note rules: how a newsroom's remarks on its own story are worded, as data.

When it was updated and why, what was corrected, where else it ran, who else made it; the rules are made as
in `line_rules`.
"""

from __future__ import annotations

from analysis.corpus.datelines import CLOCK, DATE, DAY, MOMENT, NAMES, STORY
from analysis.corpus.line_rules import Rule, rule

NOTE_RULES: tuple[Rule, ...] = (
    rule(
        "update_date",
        "update_note",
        14,
        rf"(?:last )?(?:updated?|modified|edited|last update)(?: on| at)?\s?[:-]? ?(?:{MOMENT}|{CLOCK}\W*$)",
        r"(?:last )?updated? ?:? ?(?:\d+|an?|one|two|three) (?:second|minute|min|hour|day|week|month"
        r"|year)s?(?: ago)?\W*$",
        needs="update|modified|edited",
        sure=True,
    ),
    rule(
        "update_note",
        "update_note",
        80,
        rf"updated?\b\s?:? ?(?:on )?{DAY}?{DATE}.{{0,80}}\bthis {STORY}\b",
        rf"\W{{0,3}}(?:(?:note|updated?|{DATE})\W{{1,3}})?(?:the (?:headline|text|caption) (?:of|on|to|in) )?"
        rf"this (?:{STORY}|headline|page)(?: of this \w+)? (?:has been|was|is being|will be|is)"
        r" (?:later |since )?(?:updated|corrected|amended|revised)"
        rf"(?:\W*$|[:;.] |,? (?:on|at|throughout|shortly after|as (?:more|new|further|additional|events|we|it|information|details)|{DATE})\b"
        r"|,? with (?!.*, which\b)(?:[\w’']+ ){0,3}(?:more|new|additional|further|latest|comments?|statements?|responses?|details?"
        r"|information|reactions?|quotes?|background|context|developments?|reporting)\b"
        r"|,? to (?:add|correct|include|reflect|clarify|remove|fix|show|make|say|note|state|change|update)\b)",
        r"\W{0,3}this (?:story|article|post|piece)(?: of this \w+)? (?:has been|is being) (?:updated|corrected)\b(?! (?:by|in)\b)",
        rf"\W?this {STORY} (?:was|has been) (?:first |originally )(?:published|posted|written)"
        rf" (?:on|in|by|at|for) (?:{DAY}?{DATE}|{NAMES})(?:,? (?:on|in|by|at) (?:{DAY}?{DATE}|{NAMES}|\d{{4}}))*"
        r"(?:\W*$|[.;] |,? and (?:is|was|has been) (?:re|up))",
        rf"\W{{0,2}}(?:\w+: )?(?:except for the headline, )?this {STORY} (?:has not been|was not"
        rf"|is) (?:edited|reviewed|auto-generated|generated)\b",
        rf"\W?(?:an? |the )?(?:earlier|previous|original) versions? of this (?:{STORY}|headline|caption)"
        r" (?:\w+ly |had )?(?:mis\w+|incorrect\w*|wrongly|erroneously|mistakenly|said|stated|gave|referred"
        r"|identified|contained|included|was (?:corrected|updated|published|posted))\b",
        sure=True,
        needs="this ",
    ),
    rule(
        "correction",
        "update_note",
        90,
        r"\W{0,2}(?:corrections?|clarifications?"
        r"|corrections? and clarifications?)(?:[,\s]+[\w.]+ \d{1,2}(?:, \d{4})?)?\s?"
        r"(?::|[—–] ?(?-i:[A-Z])(?!.*[—–]))",
        r"(?:correction|clarification|editor[’']s note|for the record)s?\W*$",
        r"\W{0,2}(?:editor[’']?s?[’']? notes?\s?[:.—–-]|eds: )",
        sure=True,
        needs="correction|clarification|editor|record|eds:",
    ),
    rule(
        "developing",
        "update_note",
        40,
        rf"\W{{0,2}}this (?:is an? (?:developing|breaking)(?: news)? story|{STORY} is (?:still )?developing)\b",
        r"\W{0,2}(?:(?:developing|breaking)(?: news)? story|more (?:to come|to follow|follows|soon)"
        r"|(?:please )?(?:check back|refresh this page)\b.{0,60})\W*$",
        needs="developing|breaking|more |check back|refresh",
        sure=True,
    ),
    rule(
        "wire_note",
        "update_note",
        60,
        r"\((?:attn|lead|(?:update|add|recast|correct|rewrite|refile|remove|relead|delete|fixe)s?)\b(?=.*\b(?:paragraph"
        r"|para|graf|headline|throughout|detail|background|quote|comment|reaction|lead|byline|dateline|context"
        r"|spelling|typo|analyst|shares|price)s?\b)[^()]{4,240}\)\W*$",
        needs="(",
        sure=True,
    ),
    rule(
        "also_printed",
        "update_note",
        60,
        rf"\W{{0,2}}an? (?:\w+ )?version of this {STORY} (?:\w+ )?(?:appear(?:s|ed)|ran|was (?:published|printed))"
        rf" (?:(?:first |earlier |originally )?(?:on|in|at|by) {NAMES}|in print\b|on (?:{DAY}?{DATE}|page)|earlier\b|online\b)",
        rf"\W{{0,2}}this {STORY} (?:first |originally |also |previously )(?:appeared|appears|ran) (?:on|in|at)"
        rf" {NAMES}(?:\W*$|[:.;] |,? and (?:is|was) )",
        needs="this ",
        sure=True,
    ),
    rule(
        "made_by",
        "credit",
        60,
        r"\W{0,2}(?:this (?:story|article|post|piece)|(?:this|the) content) (?:was|is|has been) (?:produced"
        r"|provided|supplied|distributed|co-?published|republished|funded|supported|created|made possible|sponsored)"
        rf" (?:by|with|from|through|in (?:partnership|collaboration|association) with) {NAMES}"
        r"(?:\W*$|[.;] |,? and (?:is |was )?(?:(?:re-?|co-?)?published|distributed|edited|reviewed|supported|funded)\b)",
        r".*\b(?:was|were) not involved in the (?:creation|production|writing|reporting) of (?:the|this) (?:content"
        r"|story|article)\b",
        r"(?:this )?summary (?:is|was) (?:ai\b|(?:auto\w*|machine)?-?\s?(?:generated|written|produced)\b)",
        r"(?:this )?(?:conversation|interview|transcript)(?: (?:has been|was|is))? (?:\w+ )?(?:edited|condensed|shortened)\b"
        r"(?:,? (?:\w+ly|and|for|to|from|edited|condensed|shortened|translated|space|length|clarity|brevity|style|grammar|concision"
        r"|readability|(?-i:[A-Z]\w+)))*\W*$",
        needs="this |the |summary|conversation|interview|transcript",
        sure=True,
    ),
)
