"""`python -m commands`, for a checkout whose command is not installed."""

from commands import main

main(prog_name="kunskapsbanken")
