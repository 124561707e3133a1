"""Programs of their own for the tests: many that open one store at once, and writers that are killed.

    python -m tests.rounds.processes open URL HOW_MANY
    python -m tests.rounds.processes kill URL HOW_OFTEN SEED

Each prints one line of JSON. The processes are forked, so that the libraries are loaded once.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from itertools import count

from partnerselect.rounds.store import Store, open_store
from tests.rounds.contents import closed, draft


def forked(work: Callable[[], None]) -> int:
    """Start a process that does some work; its exit code is 0 where that went well."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def open_together(url: str, how_many: int) -> dict[str, object]:
    """Open one new store in many processes at once, and close a round in each."""
    waiting, start = os.pipe()

    def work(number: int) -> None:
        os.close(start)
        os.read(waiting, 1)  # until nobody holds the other end any more
        with open_store(url, wait=60) as store:
            closed(store, f"r{number}")

    children = [forked(lambda number=number: work(number)) for number in range(how_many)]  # type: ignore[misc]
    os.close(start)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    with open_store(url) as store:
        return {"codes": codes, "rounds": len(store.rounds()), "verified": str(store.verify())}


def write(url: str, acknowledge: Callable[[str], None]) -> None:
    """Store drafts and close rounds without end; say so after each step that was acknowledged."""
    with open_store(url, wait=60) as store:
        for number in count():
            new = store.create_draft(draft(), "Ann")
            acknowledge(f"draft {new.id} {new.revision}")
            new = store.save_draft(new, "Ann")
            acknowledge(f"draft {new.id} {new.revision}")
            if number % 4 == 0:
                acknowledge(f"round {closed(store, f'r{os.getpid()}-{number}').sha256} 0")


def lost(store: Store, said: list[list[str]]) -> list[list[str]]:
    """What was acknowledged, and is not there."""
    rounds = {each.sha256 for each in store.rounds()}
    drafts = {each.id: each.revision for each in store.drafts("small")}
    return [
        line
        for line in said
        if not (line[1] in rounds if line[0] == "round" else drafts.get(line[1], 0) >= int(line[2]))
    ]


def kill_writers(url: str, how_often: int, seed: int) -> dict[str, object]:
    """Kill a writer at a random moment, look for all that it was told to be stored, and start another.

    The moment is a random time after one of its first steps, so that it lies within its work on a slow machine, too.
    """
    chance, total, gone = random.Random(seed), 0, []  # noqa: S311 - no secret
    for _ in range(how_often):
        ours, theirs = os.pipe()
        child = forked(lambda: write(url, lambda line: _say(theirs, line)))  # noqa: B023 - forked at once
        os.close(theirs)
        with os.fdopen(ours, encoding="utf-8") as stream:
            said = [stream.readline().split() for _ in range(chance.randint(0, 4))]
            time.sleep(chance.uniform(0, 0.02))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            said += [line.split() for line in stream.read().splitlines()]
        with open_store(url, wait=60) as store:
            gone += lost(store, said)
        total += len(said)
    with open_store(url) as store:
        found = store.verify()
    return {"acknowledged": total, "lost": gone, "rounds": found.checked, "verified": str(found)}


def _say(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    print(
        json.dumps(open_together(where, int(numbers[0])) if what == "open" else kill_writers(where, *map(int, numbers)))
    )
