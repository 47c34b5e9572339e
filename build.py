#!/usr/bin/env python3
"""The door: finds the environment that holds Fascicle and goes on there with the same arguments."""

# Any Python can run this file, so that an old one gets an explanation and not a syntax error.
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PLACES = [os.path.join(HERE, ".venv", "bin"), os.path.dirname(sys.executable or "")]


def main():
    """Replace this process by `fascicle`. Outside any publication's folder it works on the one beside this file."""
    if not os.path.exists(os.path.join("content", "publication.yaml")):
        os.environ.setdefault("FASCICLE_PROJECT", HERE)
    for program in [os.path.join(place, "fascicle") for place in PLACES]:
        if os.access(program, os.X_OK):
            try:
                os.execv(program, [program, *sys.argv[1:]])
            except OSError:  # its interpreter is gone: the environment was moved or Python upgraded
                break
    if sys.version_info < (3, 11):
        reason = "Python %d.%d runs this, and Fascicle needs 3.11 or newer." % sys.version_info[:2]
    else:
        reason = "Fascicle is not set up yet: %s has no working environment." % PLACES[0]
    sys.stderr.write("%s\nIn %s type:  make\n" % (reason, HERE))
    return 3


if __name__ == "__main__":
    sys.exit(main())
