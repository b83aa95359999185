"""All cards -> Corpus: what is shown now, its copies, stories, topics, tags, sources, months and editions."""
