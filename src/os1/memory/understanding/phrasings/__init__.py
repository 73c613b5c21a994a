"""How each kind of thing is said, once it is known of whom: "live in ...", "allergic to ...", "used to work at ...".

Rules on what follows the subject and its helping verbs. A missed fact costs little. They do not know who is meant, nor
what is a question or a joke: `subjects` and `sentences` do.
"""

from os1.memory.understanding.phrasings import (
    ahead,
    body,
    calendar,
    home,
    life,
    people,
    person,
    taste,
    work,
)
from os1.memory.understanding.phrasings.told import Rule, Said, Told

STATEMENTS: tuple[Rule, ...] = (*life.RULES, *home.RULES, *person.RULES, *work.RULES, *body.RULES)
"""Of what is so, or was."""
DENIALS: tuple[Rule, ...] = (*life.DENIALS, *taste.RULES)
"""What can be said with a "not"."""
PLANS, WISHES = ahead.PLANS, ahead.WISHES

__all__ = ["DENIALS", "PLANS", "STATEMENTS", "WISHES", "Rule", "Said", "Told", "calendar", "people"]
