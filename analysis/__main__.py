"""`python -m analysis` is `parallax`: from its first moment on, an interrupt ends it in order."""

from analysis import interruption


def main() -> None:
    """The entry point."""
    interruption.heed()
    try:
        from analysis import cli  # a quarter of a second, in which control-C may come as well

        cli.main()
    except KeyboardInterrupt as problem:
        interruption.ended(problem)
    finally:
        interruption.over()


if __name__ == "__main__":
    main()
