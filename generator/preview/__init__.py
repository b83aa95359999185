"""The preview of `broadsheet serve`: watching, serving, and what is laid over the pages; knows nothing of building."""
