"""A process that edits a storm file in a loop and says on standard output which edits were acknowledged."""

import sys

from anycompany.files import open_storm

path, who, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
opened = open_storm(path, author=who)
print("ready", flush=True)
for number in range(count):
    opened.add_event(f"{who} Thing {number} Done")
    print(f"{who} Thing {number} Done", flush=True)
    if number % 5 == 4:
        opened.save()
opened.close()
