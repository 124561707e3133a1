"""``python -m partnerselect.cli``."""

from partnerselect.cli.app import main

main()
