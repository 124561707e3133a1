"""All measurements: `make bench`. Each line compares two medians of one run on one machine."""

from __future__ import annotations

import compute
import document
import robustness
import rounds
import screen
import sets
import start
import workbook

if __name__ == "__main__":
    compute.main()
    robustness.main()
    start.main()
    sets.main()
    workbook.main()
    document.main()
    rounds.main()
    screen.main()
