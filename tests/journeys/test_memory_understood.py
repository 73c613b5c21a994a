"""A life told in one's own words: what the tagger that ships makes of it, from the first remark to the answer."""

from pathlib import Path

from os1.memory.understanding.reader import Reader
from os1.memory.understanding.tagger import tag
from tests.journeys.lives import life, never_told


async def test_what_is_told_in_no_common_words_is_known_and_its_end_is_noticed(tmp_path: Path) -> None:
    async with life(tmp_path, reader=Reader(tag)) as nora:
        await nora.says("The firm that pays my wages is Brightwater these days.")
        await nora.says("turns out cashews and me don't mix, the allergy test was clear")
        await nora.says("my weekends belong to bouldering lately")
        assert {"you work at Brightwater", "you are allergic to cashews", "you spend time on bouldering"} <= {
            *nora.known()
        }

        await nora.says("i've packed in the bouldering for good")
        assert "you spend time on bouldering" not in nora.known()

        await nora.says("remind me, which firm pays my wages?")
        assert "Brightwater" in nora.given


async def test_how_often_and_who_was_there_are_counted_from_all_that_was_told(tmp_path: Path) -> None:
    async with life(tmp_path, reader=Reader(tag)) as nora:
        for remark in ("Went climbing today, my arms!", "Paula and Tom were at the barbecue tonight."):
            await nora.says(remark)
            await nora.quiet(days=1)
        await nora.says("Climbing again today.", "Such a pity that Viktor missed the barbecue.")
        assert (await nora.says("How often did I go climbing?")).startswith("Twice, as far as you told me")
        assert await nora.says("Who came to the barbecue?") == "Paula and Tom, as you told it."
        assert never_told(await nora.says("How often did I go sailing?"))


async def test_what_is_forgotten_is_not_kept_at_hand_either(tmp_path: Path) -> None:
    reader = Reader(tag)
    async with life(tmp_path, reader=reader) as nora:
        await nora.says("My therapist is called Vlizzamek.")
        assert reader.known("My therapist is called Vlizzamek.").marks
        await nora.says("Forget what I said about Vlizzamek", "Yes")
        assert not reader.known("My therapist is called Vlizzamek.").marks
