"""Reference: where the actors of a story are mentioned, by `aliases`, `titles` and `pronouns` (together: `references`), in which
place of the sentence (`mentions`), and what they are called there (`labels`).
"""
