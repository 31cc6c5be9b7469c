"""A process that edits a storm file in a loop and says on standard output which edits were acknowledged.

``python -m tests.editing_process FILE WHO COUNT`` makes so many edits. ``… FILE kills COUNT`` is a nursery: so
many children edit, three at a time, each until it is killed at a random moment; what they acknowledged is said.
"""

import os
import random
import select
import signal
import sys

from anycompany.files import open_storm

AT_ONCE = 3


def edit(path: str, who: str, count: int, said: int) -> None:
    opened = open_storm(path, author=who)
    for number in range(count):
        opened.add_event(f"{who} Thing {number} Done")
        os.write(said, f"{who} Thing {number} Done\n".encode())
        if number % 3 == 2:
            opened.save()
    opened.close()


def child(path: str, who: str) -> tuple[int, int]:
    """Start a child that edits without end: its process id, and where its acknowledgements come."""
    heard, said = os.pipe()
    if pid := os.fork():
        os.close(said)
        return pid, heard
    try:
        edit(path, who, 10**6, said)
    finally:
        os._exit(1)


def kill_children(path: str, count: int) -> None:
    chance = random.Random(9)
    living: dict[int, tuple[int, int]] = {}  # for each pipe, the process and how many lines it may still say
    started = 0
    while living or started < count:
        while started < count and len(living) < AT_ONCE:
            pid, heard = child(path, f"P{started}")
            living[heard] = pid, chance.randint(0, 12)
            started += 1
        for heard in select.select(list(living), [], [], chance.random() / 20)[0]:
            pid, left = living[heard]
            lines = os.read(heard, 65536)
            os.write(1, lines)
            living[heard] = pid, left - lines.count(b"\n")
        for heard, (pid, left) in list(living.items()):
            if left <= 0 and chance.random() < 0.8:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                while lines := os.read(heard, 65536):
                    os.write(1, lines)
                os.close(heard)
                del living[heard]


if __name__ == "__main__":
    if sys.argv[2] == "kills":
        kill_children(sys.argv[1], int(sys.argv[3]))
    else:
        edit(sys.argv[1], sys.argv[2], int(sys.argv[3]), 1)
