"""The way in: pasted text -> the Markdown file of an article. Pure; the command reads and writes.

    bytes -> DECODING -> text -> headline, dates, language: guesses -> FRONT MATTER + body

text.py is the door: `import_text`. What an editor says always wins over a guess, and a guess that may
well be wrong comes with a warning.
"""
