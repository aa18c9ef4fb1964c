"""`python -m evals`."""

from evals.command import main

if __name__ == "__main__":
    main()
