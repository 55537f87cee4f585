"""The explorer: a story read by choice in JupyterLab (`explorer.explore`), every part of it a function over its tables."""
