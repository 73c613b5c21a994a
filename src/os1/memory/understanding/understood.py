"""All that a turn of the person's tells: what the rules read, what it changes of what is known, what the marks add to that.

It does not know who asks, nor keeps anything.
"""

from datetime import tzinfo

from os1.events import Learned, Settled
from os1.memory.knowledge import Knowledge
from os1.memory.records import Turn
from os1.memory.understanding.learning import learn, only_a_home
from os1.memory.understanding.mending import followed, mended
from os1.memory.understanding.tagged import stated
from os1.memory.understanding.tagger import Tagged


def understood(
    turn: Turn, tagged: Tagged, zone: tzinfo, knowledge: Knowledge, asked: str = ""
) -> list[Learned | Settled]:
    """In the order in which it counts. `asked`: her words just before, which theirs may only answer."""
    known = frozenset(knowledge.known_people())
    found = mended(turn, zone, knowledge, learn(turn, zone, asked, known))
    more = stated(turn, tagged, zone, knowledge, found)
    facts = [*found, *(one for one in more if isinstance(one, Learned))]
    kept = [one for one in [*found, *more] if isinstance(one, Settled) or not only_a_home(one, facts)]
    return [*kept, *followed(turn, knowledge, facts)]
