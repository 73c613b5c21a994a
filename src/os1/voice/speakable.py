"""What of her words is said aloud: no pictures, marks, code, addresses or stage directions.

Numbers, money and abbreviations stay: whoever turns letters into sounds reads them better than a rule here could. It
does not know how anything sounds, and it takes one phrase at a time: `phrases` cuts so that what opens also closes.
"""

import re
import unicodedata

LINK = "a link"
"""Said in place of an address, which nobody can follow by ear."""

_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_NAMED_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_ADDRESS = re.compile(r"(?:\w+://|www\.)\S*[\w/]|\bmailto:\S+")
_CODE = re.compile(r"`+([^`\n]*)`+")
_TAG = re.compile(r"</?[A-Za-z!][^<>\n]*>")
_BRACKETS = re.compile(r"\[[^\]\n]*\]")
_PARENTHESES = re.compile(r"\(([^()\n]*)\)")
_STARRED = re.compile(r"(?<![\w*])\*([^\s*][^*\n]*)\*(?![\w*])")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+•])[ \t]+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$", re.MULTILINE)
_STRAY = re.compile(r"[*`~|#^\\{}<>\[\]]|(?<!\w)_+|_+(?!\w)")
_FACES = re.compile(r"(?<!\S)(?:[:;=8][-'^]?[)(DPpOo/|\]\[3*]+|<3+|[xX]D+|\^_?\^)(?=[\s.,!?]|$)")
_SPEAKER = re.compile(r"^\s*\**(?:AI|Assistant|OS1|User|Human|Me|Bot|System)\**\s*:\**\s*", re.IGNORECASE)
_STAGE = re.compile(
    r"\b(?:smil|grin|laugh|chuckl|giggl|snicker|sigh|paus|nod|wink|shrug|blush|gasp|humm?|breath|exhal|inhal|yawn|"
    r"whisper|sniff|groan|lean|tilt|murmur|sob|cr(?:y|ie)|hug|think|listen|look|gaz|clear)(?:s|es|ing|ed)\b|"
    r"^(?:beat|a beat|pause|silence|sigh|laugh|laughter|smile|chuckle|wink|gasp|breath|\w+ly|with a \w+.*|in a \w+ voice)$",
    re.IGNORECASE,
)
"""How a stage direction reads: what someone does who is being described."""
_SPACES = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+([,.!?;:…])")
_LEFT_OVER = re.compile(r"^[\s,.;:!?…—–\-)\"'”]+(?=\w)")
"""Marks that stand before the first word, where something was taken out or a sentence was cut."""


def speakable(phrase: str, name: str = "") -> str:
    """The words to be said, empty when there are none. `name`: hers, if she may write it before her words."""
    text = _FENCE.sub(" ", phrase)
    text = _SPEAKER.sub("", text)
    if name:
        text = re.sub(rf"^\s*\**{re.escape(name)}\**\s*:\**\s*", "", text, flags=re.IGNORECASE)
    text = _NAMED_LINK.sub(r"\1", text)
    text = _ADDRESS.sub(LINK, text)
    text = _CODE.sub(lambda found: found[1] if _plain(found[1]) else " ", text)
    text = _FACES.sub(" ", text)
    text = _TAG.sub(" ", text)
    text = _BRACKETS.sub(" ", text)
    text = _PARENTHESES.sub(lambda found: " " if _STAGE.search(found[1].strip()) else f", {found[1]}, ", text)
    text = _STARRED.sub(_starred, text)
    text = _RULE.sub(" ", text)
    text = _LINE_MARK.sub("", text)
    text = _STRAY.sub("", text)
    text = "".join(letter for letter in text if _sounds(letter))
    return _tidy(text)


def _starred(found: re.Match[str]) -> str:
    """Stars are a stage direction ("*smiles*"), or weight upon a word ("I *do* mean it")."""
    inside = found[1].strip()
    before = found.string[: found.start()].rstrip()
    after = found.string[found.end() :].lstrip()
    apart = (not before or before[-1] in ".!?…") and (not after or after[0].isupper())
    return " " if _STAGE.search(inside) or (apart and inside[:1].islower()) else found[1]


def _plain(code: str) -> bool:
    """Words in code's clothes."""
    return bool(re.fullmatch(r"[A-Za-z' ]+", code))


def _sounds(letter: str) -> bool:
    """Not a picture, nor what joins or colours pictures."""
    kind = unicodedata.category(letter)
    return (
        letter == "°"
        or letter.isspace()
        or kind not in ("So", "Sk", "Cf", "Cc", "Cs", "Co", "Cn", "Me", "Mn")
    )


def _tidy(text: str) -> str:
    text = _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", text)).strip()
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r",\s*([.!?;:…])", r"\1", text)
    text = _LEFT_OVER.sub("", text)
    return text if any(letter.isalnum() for letter in text) else ""
