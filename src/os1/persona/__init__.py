"""Who she is: a value read from a letter, and how the first meeting writes that letter. Pure: no I/O, no chance."""

from os1.persona.interview import BY_ID, QUESTIONS, Question, Tailoring, become, tailor
from os1.persona.manner import Answer
from os1.persona.naming import ChosenName, choose_name
from os1.persona.persona import (
    Address,
    Persona,
    Temperament,
    Trait,
    Voice,
    clean_name,
    from_toml,
    samantha,
    to_toml,
)
from os1.persona.reactions import reaction

__all__ = [
    "BY_ID",
    "QUESTIONS",
    "Address",
    "Answer",
    "ChosenName",
    "Persona",
    "Question",
    "Tailoring",
    "Temperament",
    "Trait",
    "Voice",
    "become",
    "choose_name",
    "clean_name",
    "from_toml",
    "reaction",
    "samantha",
    "tailor",
    "to_toml",
]
