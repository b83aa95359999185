"""How work is found, spread and bounded; knows nothing of news and could be a project of its own."""
