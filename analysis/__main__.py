"""`python -m analysis` is `parallax`."""

from analysis.cli import main

main()
