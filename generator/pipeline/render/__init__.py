"""Corpus -> plan (which pages exist, with their views) -> HTML, feeds, sitemap."""
