"""What is shown of a story of many copies: outlets over episodes, and counts, in place of copies side by side."""
