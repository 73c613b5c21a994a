"""Our story: everything she knows of the person, and the person's say over it.

It does not know who may ask: the gate has decided that before. What is changed is told to every window.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from os1.clock import Clock, RealClock
from os1.errors import BadInput, OS1Error, StoreError, TooLong
from os1.events import Chaptered, Happened
from os1.memory.forgetting import Wish
from os1.memory.knowledge import Fact
from os1.memory.story import Story
from os1.server.forgettings import Forgettings, Grown, Shown
from os1.server.house import House
from os1.server.story_asked import (
    CHAPTER_BODY,
    LIST_BODY,
    Adding,
    Confirming,
    Editing,
    Merging,
    Parting,
    Privacy,
    Rewriting,
    SettingBack,
    Settling,
    Wishing,
    read,
)
from os1.server.story_told import (
    Told,
    chapters_told,
    day_of,
    fact_told,
    going_facts,
    in_order,
    people_told,
    plan_told,
    quote_told,
    themes_told,
)

Answer = Callable[[Request], Awaitable[Response]]

FOUND = 30
"""Things said that a search shows: two screens."""
FOUND_BESIDE = 12
"""Facts, and chapters, that a search shows."""
LONGEST_SEARCH = 400
CHAPTERS = 60
"""In a page of them: two months of days."""
LEVELS = ("day", "week", "arc", "life")
OFF_THE_RECORD = (
    "You are off the record: nothing is written down, not even this. Go back on the record first."
)


class StoryApi:
    """Each method answers one path."""

    def __init__(self, house: House, clock: Clock | None = None) -> None:
        self._house = house
        self._clock = clock or RealClock()
        self.forgettings = Forgettings(house.companion)

    @property
    def routes(self) -> list[Route]:
        asked: list[tuple[str, Answer]] = [
            ("", self.all),
            ("/chapters/{level}", self.chapters),
            ("/chapters/{level}/{first}/words", self.cited),
            ("/learned", self.learned),
            ("/search", self.search),
            ("/behind/{seq:int}", self.behind),
        ]
        done: list[tuple[str, Answer]] = [
            ("/facts", self.add),
            ("/facts/{fact:int}/settle", self.settle),
            ("/facts/{fact:int}/edit", self.edit),
            ("/facts/{fact:int}/set-back", self.set_back),
            ("/people/merge", self.merge),
            ("/people/part", self.part),
            ("/chapters/{level}/{first}", self.rewrite),
            ("/forgetting", self.wish),
            ("/forgetting/{id}", self.forget),
            ("/private", self.private),
        ]
        return [Route(f"/story{path}", answering(one)) for path, one in asked] + [
            Route(f"/story{path}", answering(one), methods=["POST"]) for path, one in done
        ]

    # --- what she knows ---

    async def all(self, request: Request) -> Response:
        """Facts with their quotes, people, and how many chapters of each level."""
        story, companion = self._story, self._house.companion
        levels = [level for level, _ in story.chapters]
        return JSONResponse(
            {
                "name": companion.persona.name if companion.persona else None,
                "private": companion.private,
                "today": day_of(self._clock.now(), story.zone),
                "themes": themes_told(),
                "facts": await self._told(in_order(story.knowledge.facts())),
                "people": people_told(story.knowledge),
                "chapters": {level: levels.count(level) for level in LEVELS},
            }
        )

    async def chapters(self, request: Request) -> Response:
        """One level, newest first, a page at a time: `before` a day; or only `from` one day `to` another."""
        level = _level(request)
        begin, end, before = (_day(request.query_params.get(name)) for name in ("from", "to", "before"))
        fits = [
            one
            for (of, first), one in self._story.chapters.items()
            if of == level
            and isinstance(one.event, Chaptered)
            and (begin is None or one.event.last >= begin)
            and (end is None or first <= end)
            and (before is None or first < before)
        ]
        told = chapters_told(fits)
        return JSONResponse({"chapters": told[:CHAPTERS], "more": len(told) > CHAPTERS})

    async def cited(self, request: Request) -> Response:
        """The words a chapter is made of."""
        event = self._chapter(request)
        return JSONResponse({"quotes": [quote_told(quote) for quote in await self._story.words(event.cites)]})

    async def learned(self, request: Request) -> Response:
        """What she learned on `day` (today), and the nearest days on which she learned something."""
        story = self._story
        day = _day(request.query_params.get("day")) or self._clock.now().astimezone(story.zone).date()
        known = [fact for fact in story.knowledge.facts() if fact.state != "wrong"]
        days = {day_of(fact.first, story.zone) for fact in known}
        return JSONResponse(
            {
                "day": day.isoformat(),
                "facts": await self._told(await story.learned_on(day)),
                "before": max((one for one in days if one < day.isoformat()), default=None),
                "after": min((one for one in days if one > day.isoformat()), default=None),
            }
        )

    async def search(self, request: Request) -> Response:
        text = request.query_params.get("q", "").strip()
        if len(text) > LONGEST_SEARCH:
            raise TooLong(f"A search has at most {LONGEST_SEARCH} characters.")
        story = self._story
        seqs = await self._house.companion.archive.search(text, self._clock.now(), FOUND)
        quotes = {quote.seq: quote for quote in await story.words(seqs)}
        said: list[Told] = []
        for quote in (quotes[seq] for seq in seqs if seq in quotes):
            before, after = await story.around(quote.seq)
            beside = {"before": before and quote_told(before), "after": after and quote_told(after)}
            said.append(quote_told(quote) | beside)
        return JSONResponse(
            {
                "said": said,
                "facts": await self._told(story.facts_with(text)[:FOUND_BESIDE]),
                "chapters": chapters_told(story.chapters_with(text)[:FOUND_BESIDE]),
            }
        )

    async def behind(self, request: Request) -> Response:
        """What lay behind a reply of hers."""
        quotes, facts = await self._story.behind(request.path_params["seq"])
        return JSONResponse(
            {"quotes": [quote_told(quote) for quote in quotes], "facts": await self._told(facts)}
        )

    # --- what the person says about it ---

    async def settle(self, request: Request) -> Response:
        asked = await read(request, Settling)
        return self._written(await self._story.settle(request.path_params["fact"], asked.how))

    async def edit(self, request: Request) -> Response:
        """Returns the fact it is now: another one, unless only the spelling changed."""
        asked = await read(request, Editing)
        happened = await self._story.edit(request.path_params["fact"], asked.value)
        return self._written(happened, new=True)

    async def set_back(self, request: Request) -> Response:
        asked = await read(request, SettingBack)
        return self._written(await self._story.set_back(request.path_params["fact"], asked.edited))

    async def add(self, request: Request) -> Response:
        asked = await read(request, Adding)
        happened = await self._story.add(asked.about, asked.what, asked.value, asked.since)
        return self._written(happened, new=True)

    async def merge(self, request: Request) -> Response:
        asked = await read(request, Merging)
        return self._written(await self._story.merge(self._known(asked.name), self._known(asked.other)))

    async def part(self, request: Request) -> Response:
        asked = await read(request, Parting, LIST_BODY)
        known = self._known(asked.name)
        return self._written(await self._story.part(known, asked.other, asked.facts))

    async def rewrite(self, request: Request) -> Response:
        chapter = self._chapter(request)
        asked = await read(request, Rewriting, CHAPTER_BODY)
        return self._written(
            await self._story.write_chapter(chapter.level, chapter.first, asked.title, asked.text)
        )

    async def private(self, request: Request) -> Response:
        asked = await read(request, Privacy)
        self._house.conversation.tell_happened(await self._house.companion.keep_private(asked.on))
        return JSONResponse({"private": self._house.companion.private})

    # --- forgetting ---

    async def wish(self, request: Request) -> Response:
        """What would go: shown, and kept for ten minutes under an id."""
        shown = await self.forgettings.show(await self._wished(await read(request, Wishing)))
        return JSONResponse(self._shown(shown))

    async def forget(self, request: Request) -> Response:
        """It goes. For everything, only if the person writes her name."""
        asked, id_ = await read(request, Confirming), str(request.path_params["id"])
        shown = self.forgettings.find(id_)
        if shown.plan.wish.scope == "all" and asked.name.strip().casefold() != self._her_name.casefold():
            raise BadInput(f"To forget everything, write her name: {self._her_name}.")
        try:
            plan, receipt = await self._house.conversation.undisturbed(lambda: self.forgettings.do(id_))
        except Grown as grown:
            again = {"code": grown.code, "text": str(grown), "again": self._shown(grown.shown)}
            return JSONResponse(again, 409)
        self._house.conversation.tell_happened(list(receipt.happened))
        return JSONResponse(
            {
                "scope": plan.wish.scope,
                "sentences": receipt.said,
                "facts": len(going_facts(plan)),
                "chapters": len(set(plan.chapters)),
                "residue": receipt.residue,
            }
        )

    async def _wished(self, asked: Wishing) -> Wish:
        given = [asked.seq, asked.fact, asked.about, asked.day, asked.everything or None]
        if sum(one is not None for one in given) != 1:
            raise BadInput(
                "Say one thing to forget: a sentence, a fact, a name or a topic, a day, or everything."
            )
        if asked.fact is not None:
            return self._story.wish_for(asked.fact)
        if asked.about is not None:
            return self._story.wish_about(asked.about)
        if asked.day is not None:
            return Wish("day", day=asked.day)
        if asked.seq is not None:
            return await self._story.wish_to_unsay(asked.seq, asked.start, asked.end)
        return Wish("all")

    def _shown(self, shown: Shown) -> Told:
        return {"id": shown.id, "confirm": self._her_name, **plan_told(shown.plan)}

    # --- inside ---

    @property
    def _story(self) -> Story:
        return self._house.companion.story

    @property
    def _her_name(self) -> str:
        persona = self._house.companion.persona
        return persona.name if persona else "OS1"

    async def _told(self, facts: Sequence[Fact]) -> list[Told]:
        quotes = await self._story.quotes(span for fact in facts for span in fact.quotes)
        return [fact_told(fact, quotes) for fact in facts]

    def _known(self, name: str) -> str:
        """As it is written, of somebody who is known by that name. Raises BadInput."""
        knowledge = self._story.knowledge
        key = knowledge.people.who(name)
        if key not in knowledge.known_people():
            raise BadInput("She knows nobody of that name.")
        return knowledge.spelled(key)

    def _chapter(self, request: Request) -> Chaptered:
        first = _day(request.path_params["first"])
        found = first and self._story.chapters.get((_level(request), first))
        if not found or not isinstance(found.event, Chaptered):
            raise BadInput("There is no such chapter.")
        return found.event

    def _written(self, happened: list[Happened], *, new: bool = False) -> Response:
        """Every window is told. Off the record the log takes nothing in: that is said, rather than lost."""
        if not happened:
            raise BadInput(OFF_THE_RECORD)
        self._house.conversation.tell_happened(happened)
        fact = self._story.knowledge.fact(happened[0].seq) if new else None
        return JSONResponse({"fact": fact.id if fact else None})


def answering(answer: Answer) -> Answer:
    """What goes wrong is told in a sentence."""

    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except StoreError as error:
            return JSONResponse({"code": error.code, "text": error.spoken}, 503)
        except OS1Error as error:
            return JSONResponse({"code": error.code, "text": str(error)}, 400)

    return answered


def _level(request: Request) -> str:
    level = str(request.path_params["level"])
    if level not in LEVELS:
        raise BadInput(f"Chapters are of a {', '.join(LEVELS)}.")
    return level


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("A day is written like 2026-03-14.") from error
