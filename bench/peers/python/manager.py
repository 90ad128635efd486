"""Values in a multiprocessing.Manager, used by one process: each use is a request to the manager's process.

Reads lines (set N, append N, read N), does so many, and writes how many nanoseconds that took.
"""

import os
import sys
import time
from multiprocessing.managers import SyncManager


def set_item(values, amount):
    for number in range(amount):
        values[number % 10] = number


def append(values, amount):
    for number in range(amount):
        values.append(number)


def read(values, amount):
    for number in range(amount):
        values[number % 10]


def main():
    manager = SyncManager()
    # Its process has no part in our output, which is to end when this process does.
    manager.start(os.dup2, (2, 1))
    with manager:
        keyed = manager.dict({key: key for key in range(10)})
        listed = manager.list()
        verbs = {"set": (set_item, keyed), "append": (append, listed), "read": (read, keyed)}
        for line in sys.stdin:
            name, amount = line.split()
            if name == "end":
                break
            verb, values = verbs[name]
            begin = time.perf_counter_ns()
            verb(values, int(amount))
            took = time.perf_counter_ns() - begin
            if name == "append":
                listed[:] = []
            print(took, flush=True)
    print("ended", flush=True)


if __name__ == "__main__":
    main()
