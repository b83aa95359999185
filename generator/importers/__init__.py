"""The way in: pasted text -> the Markdown file of an article. Pure; the command reads and writes.

    bytes -> DECODING -> text -> PAGE -> headline, date, address, language: guesses -> FRONT MATTER + body

text.py is the door: `import_text`. page.py sees a text as rows, with what a judge from outside says of each;
evidence.py finds the headline of a whole page, headline.py that of a plain text, when.py the date. What an editor
says always wins over a guess, and a guess that may well be wrong comes with a warning.
"""
