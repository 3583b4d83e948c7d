"""Which triggers are only part of another: what is demanded, promised, alleged, or an argument.

"Demanded an end to the attacks" is one event, a demand; the attacks are its content. "The bombing
killed 12" is one event too.
"""

from __future__ import annotations

from reportedly import lexicons
from reportedly.statements import events_grammar as grammar
from reportedly.statements.events_triggers import Trigger

#: Edges at a governing word beyond which its content lies.
CONTENT = frozenset({"xcomp", "ccomp", "acl", "advcl", "prep", "dobj", "dative", "pcomp", "attr", "oprd", "nsubjpass"})
#: Edges to the arguments of a verb or noun.
ARGUMENT = frozenset(
    {"dobj", "nsubj", "nsubjpass", "prep", "agent", "attr", "compound", "poss", "pobj", "amod", "dative"}
)


#: How far up a trigger's owner may stand; what the parser makes of lists and tables is deeper than prose.
DEEPEST = 40


def owners(triggers: list[Trigger]) -> dict[int, tuple[Trigger, str]]:
    """For every trigger (by token index) that is part of another: that other, and "content" or "argument"."""
    by_index = {trigger.token.i: trigger for trigger in triggers}
    found = {}
    for trigger in triggers:
        owner = _owner(trigger, by_index)
        if owner is not None:
            found[trigger.token.i] = owner
    return found


def _owner(trigger: Trigger, by_index: dict[int, Trigger]) -> tuple[Trigger, str] | None:
    token, nominal = trigger.token, trigger.token.pos_ in ("NOUN", "PROPN")
    while token.head.i != token.i:
        if token.dep_ == "prep" and token.lower_ in lexicons.words("events_background.txt"):
            return None
        if token.dep_ == "advcl" and not grammar.is_infinitive(token) and token.tag_ != "VBG":
            return None  # "if …", "as …": a condition or a time, whatever it hangs on
        edge, token = token.dep_, token.head
        above = by_index.get(token.i)
        if edge in ("conj", "relcl") or above is None:
            nominal = nominal and edge not in ("conj", "relcl", "advcl", "ccomp", "xcomp", "acl")
            if edge == "relcl":
                return None
            continue
        if above.sense.scope == "content" and edge in CONTENT:
            return above, "content"
        if nominal and edge in ARGUMENT:
            return above, "argument"
    return None
