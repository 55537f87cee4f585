"""Evidence: where something stands in a text, each hit with its place.

Words of dictionaries (`dictionaries`: `frame_hits`, `sentiment_hits`, `namings`), what copies share (`overlap`, `alignments`), any hit
between the words around it (`concordance`), and who speaks
and is spoken of: `sourcing` parses each text once (`parsing`) and takes from the parse the package `attribution` (who is reported to
have said what), the package `reference` (where actors are mentioned) and, of both, `quotations`.
"""
