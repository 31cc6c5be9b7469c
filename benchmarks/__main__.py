"""``python -m benchmarks [importing|scale|routing|…]``: run them and say which aims are met."""

import importlib
import sys

ALL = (
    *("importing", "scale", "notebooks", "board", "routing", "simulation", "deploying"),
    *("exercises", "workshop"),
)


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}: choose from {', '.join(ALL)}.", file=sys.stderr)
        return 2
    missed = 0
    for name in names or ALL:
        for ratio in importlib.import_module(f"benchmarks.{name}").measure():
            print(ratio.row(), flush=True)
            missed += ratio.value > ratio.most
    return 1 if missed else 0


sys.exit(main(sys.argv[1:]))
