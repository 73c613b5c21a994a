"""Lives brought from elsewhere: ChatGPT, SillyTavern, character cards, Letta, Markdown, diaries. Read `find` first."""
