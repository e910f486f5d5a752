# A small TAP producer for tests in Python: each test is a function whose name
# and first line of documentation say the rule.
# SPDX-License-Identifier: MulanPSL-2.0
import sys
import time
import traceback


class Tap:
    def __init__(self):
        self.n = 0
        self.bad = 0

    def run(self, name, fn, *args):
        """Run FN; an exception is a failure, told in comment lines."""
        self.n += 1
        started = time.monotonic()
        try:
            fn(*args)
            print("ok %d %s" % (self.n, name))
        except Exception:
            self.bad += 1
            print("not ok %d %s" % (self.n, name))
            for line in traceback.format_exc().splitlines():
                print("#   " + line)
        print("# %.2f s" % (time.monotonic() - started))
        sys.stdout.flush()

    def skip(self, name, why):
        self.n += 1
        print("ok %d %s # SKIP %s" % (self.n, name, why))

    def done(self):
        """The exit status: a run in which nothing was tried is none."""
        print("1..%d" % self.n)
        return 1 if self.bad or self.n == 0 else 0


def run_module(module):
    """All functions of MODULE whose names begin with test_, in the order in
    which they stand.  The test's name is the first line of its docstring."""
    tap = Tap()
    functions = [f for n, f in vars(module).items() if n.startswith("test_") and callable(f)]
    functions.sort(key=lambda f: f.__code__.co_firstlineno)
    return tap, functions
