"""By when: "tomorrow", "on Friday", "in three days", "on the 5th", "March 3rd", as a date.

No guessing: two dates that differ, or a day that does not exist, are no date at all.
It does not know what is due. The day it was said is passed in.
"""

from datetime import date

from os1.memory.understanding.dates import named


def due(text: str, said_on: date) -> date | None:
    """The one day it names, resolved from the day it was said; None when it names none, or several.

    Next week and next month end on their last day: that is when such a promise is late. A weekend ends on Sunday.
    """
    found = named(text, said_on, ahead=True)
    days = {one.last for one in found if one.kind in {"at", "until"} and one.last >= said_on}
    return days.pop() if len(days) == 1 else None
