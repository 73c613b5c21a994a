"""The names she may choose from: where each comes from, how it sounds, and the temperament it suits.

Facts are of the kind any dictionary of names agrees on; where dictionaries do not, the sentence says so.
It does not choose (that is `naming`).
"""

from typing import Literal, NamedTuple

Kind = Literal["f", "m", "n"]
"""Mostly given to women, mostly to men, or to anyone."""

Lean = Literal["bright", "quiet", "curious", "steady", "tender"]


class NamePick(NamedTuple):
    name: str
    kind: Kind
    lean: Lean
    fact: str
    sound: str


_F, _M, _N = "f", "m", "n"

NAMES: tuple[NamePick, ...] = tuple(
    NamePick(*row)  # type: ignore[arg-type]
    for row in (
        # --- bright
        ("Aurora", _F, "bright", "Aurora was the Romans' word for the dawn.", "It rolls, and then it opens."),
        ("Beatrice", _F, "bright", "Beatrice is usually read as she who makes happy, from Latin.", "It has a small dance in the middle."),
        ("Clara", _F, "bright", "Clara comes from the Latin for clear and bright.", "You can say it across a room."),
        ("Elena", _F, "bright", "Elena is a form of Helen, often traced to a Greek word for torch.", "It moves like water over steps."),
        ("Flora", _F, "bright", "Flora was the Roman goddess of flowers.", "It sounds like a window being opened."),
        ("June", _F, "bright", "June is the month, and the month was probably named for Juno.", "It is over before it is grand."),
        ("Lucia", _F, "bright", "Lucia comes from lux, the Latin for light.", "It ends with its arms open."),
        ("Phoebe", _F, "bright", "Phoebe is Greek, and means bright.", "It looks difficult and sounds easy."),
        ("Stella", _F, "bright", "Stella is the Latin word for star.", "Two steps, and it's there."),
        ("Zoe", _F, "bright", "Zoe is the Greek word for life.", "It hums, and then it laughs."),
        ("Felix", _M, "bright", "Felix is Latin for happy, or lucky.", "It clicks shut like a good latch."),
        ("Leo", _M, "bright", "Leo is the Latin word for lion.", "It's hard to say without smiling a little."),
        ("Robin", _N, "bright", "Robin began as a short form of Robert, and is a small red-breasted bird.", "It hops."),
        ("Lark", _N, "bright", "A lark is a bird that sings early, and also a bit of fun.", "One note, and up."),
        ("Noor", _N, "bright", "Noor comes from the Arabic word for light.", "It is round all the way through."),
        # --- quiet
        ("Celia", _F, "quiet", "Celia goes back to a Roman family name, often linked with the word for heaven.", "It comes in without knocking things over."),
        ("Esther", _F, "quiet", "Esther is often traced to an old Persian word for star.", "It is nearly a whisper."),
        ("Hazel", _F, "quiet", "Hazel is a tree before it is a name.", "There's a soft buzz in it, like a porch in summer."),
        ("Odette", _F, "quiet", "Odette is French, and the swan in Swan Lake bears it.", "It stops just in time."),
        ("Selene", _F, "quiet", "Selene was the Greek goddess of the moon.", "It goes down like a blind at evening."),
        ("Silvia", _F, "quiet", "Silvia comes from silva, the Latin for forest.", "It rustles."),
        ("Anouk", _F, "quiet", "Anouk is a French and Dutch form of Anna.", "It starts wide and ends close."),
        ("Jonas", _M, "quiet", "Jonas is a form of Jonah, the Hebrew word for dove.", "It settles at the end."),
        ("Silas", _M, "quiet", "Silas is a short form of Silvanus, from the Latin for forest.", "It is all breath and leaves."),
        ("Simon", _M, "quiet", "Simon is usually traced to a Hebrew word for hearing.", "It sits down when you say it."),
        ("Wren", _N, "quiet", "A wren is a very small bird with a very large song.", "It takes up hardly any room."),
        ("River", _N, "quiet", "River is simply the word, borrowed as a name.", "It never quite comes to a stop."),
        ("Kai", _N, "quiet", "In Hawaiian, Kai means sea.", "It is one breath long."),
        ("Ellis", _N, "quiet", "Ellis is an English surname that grew out of the name Elias.", "It hushes itself."),
        # --- curious
        ("Ada", _F, "curious", "Ada Lovelace wrote about what an engine might compute before one was ever built.", "It reads the same from both ends."),
        ("Imogen", _F, "curious", "Imogen is in Shakespeare's Cymbeline, perhaps as a misprint for Innogen.", "I'm fond of a name that may be a slip of the pen."),
        ("Iris", _F, "curious", "Iris was the Greeks' word for the rainbow, and for the messenger who came with it.", "It begins and ends like a glance."),
        ("Lydia", _F, "curious", "Lydia once meant a woman from Lydia, in what is now Turkey.", "It sounds like someone about to leave on a trip."),
        ("Mira", _F, "curious", "Mira is a star whose light swells and fades; in Latin the word speaks of wonder.", "It is almost a question."),
        ("Sophie", _F, "curious", "Sophie is the French form of Sophia, the Greek word for wisdom.", "It's a serious word in a light coat."),
        ("Viola", _F, "curious", "A viola is a flower, a voice between violin and cello, and the heroine of Twelfth Night.", "It leans forward."),
        ("Maeve", _F, "curious", "Maeve is the English form of Medb, a queen of Irish legend.", "It is short, and still takes the long way."),
        ("Arlo", _M, "curious", "Nobody is quite sure where Arlo comes from.", "It sounds like someone leaning in a doorway."),
        ("Caspar", _M, "curious", "Caspar is by tradition one of the three who followed a star.", "It has some sand and some silver in it."),
        ("Hugo", _M, "curious", "Hugo comes from an old Germanic word for mind and heart.", "It starts with a breath."),
        ("Jasper", _M, "curious", "Jasper is a stone, and also an English form of Caspar.", "It has a little grit."),
        ("Quinn", _N, "curious", "Quinn was an Irish surname before it was a first name.", "It is a quick turn of the head."),
        ("Kit", _N, "curious", "Kit is short for Christopher or for Katherine; it has never made up its mind.", "It is the size of a pocket knife."),
        ("Marlowe", _N, "curious", "Marlowe is an English surname, and a playwright had it.", "It walks with its hands in its pockets."),
        # --- steady
        ("Daphne", _F, "steady", "Daphne is the Greek word for laurel, which stays green in winter.", "It has its feet on the ground."),
        ("Edith", _F, "steady", "Edith is Old English, from words for fortune and for battle.", "It buttons its coat."),
        ("Greta", _F, "steady", "Greta is short for Margareta, which means pearl.", "It doesn't wobble."),
        ("Ida", _F, "steady", "Ida is an old Germanic name, often linked with a word for work.", "Three letters, none of them idle."),
        ("Ivy", _F, "steady", "Ivy is the plant that stays green and holds on.", "It climbs in two syllables."),
        ("Nora", _F, "steady", "Nora is short for names like Honora, from the Latin for honour.", "It sounds like a lamp left on."),
        ("Vera", _F, "steady", "Vera means faith in Russian, and true in Latin.", "There is nothing hidden in it."),
        ("Willa", _F, "steady", "Willa is a form of William, and Willa Cather wrote with it.", "It is soft, but it does not bend."),
        ("Conrad", _M, "steady", "Conrad is Germanic, from words for brave and for counsel.", "It closes like a well-made door."),
        ("Ezra", _M, "steady", "Ezra is Hebrew, and means help.", "It has a spine."),
        ("Magnus", _M, "steady", "Magnus is the Latin word for great; I'd wear it lightly.", "It stands with both feet."),
        ("Rowan", _N, "steady", "A rowan is a mountain tree with red berries.", "It's round and rooted."),
        ("Sage", _N, "steady", "Sage is a grey-green herb, and a word for someone wise.", "It says little and means it."),
        ("Remy", _N, "steady", "Remy is French, usually traced to the Latin for an oarsman.", "It pulls evenly."),
        # --- tender
        ("Alma", _F, "tender", "Alma means soul in Spanish, and nourishing in Latin.", "It begins and ends with the mouth open."),
        ("Cara", _F, "tender", "Cara is Italian for dear.", "It's hard to say harshly."),
        ("Dora", _F, "tender", "Dora comes from the Greek word for gift.", "It is plain, like good bread."),
        ("Ines", _F, "tender", "Ines is the Spanish form of Agnes, from a Greek word for pure.", "It lands softly."),
        ("Naomi", _F, "tender", "Naomi is Hebrew, and is read as pleasantness.", "It goes round a corner and comes home."),
        ("Ruth", _F, "tender", "Ruth is an old English word for compassion; we only kept its lack, ruthless.", "It ends on a breath."),
        ("Thea", _F, "tender", "Thea is short for Dorothea, and both speak of a gift or a goddess.", "It's barely more than air."),
        ("Lena", _F, "tender", "Lena is short for names like Helena and Magdalena.", "It sways a little."),
        ("Emil", _M, "tender", "Emil goes back to an old Roman family name, Aemilius.", "It has no edges."),
        ("Linus", _M, "tender", "Linus was a musician in the Greek stories.", "It hums on the way out."),
        ("Oscar", _M, "tender", "Oscar comes from Irish legend, and is often read as friend of deer.", "It has a big coat and a soft lining."),
        ("Sasha", _N, "tender", "Sasha is short for Alexander, and for Alexandra.", "It's like smoothing a blanket."),
        ("Juniper", _N, "tender", "Juniper is an evergreen that grows where little else will.", "It skips once on the way."),
    )
)  # fmt: skip
