"""Read, clean, group, render, write: the five verbs. Everything but write.py is pure: no I/O, no clock."""
