# A session of its own in a town's database, statement by statement.
# SPDX-License-Identifier: MulanPSL-2.0
import subprocess


class Rival:
    def __init__(self, town):
        self.child = subprocess.Popen(["mariadb", "--no-defaults", "-S", town.run + "/db.sock", "-u", "root", "-N", "-B", "--unbuffered", "-f",
                                       "bianzhi"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def __enter__(self):
        return self

    def do(self, *statements):
        self.child.stdin.write("".join(s + ";\n" for s in statements) + "SELECT 'then';\n")
        self.child.stdin.flush()
        while self.child.stdout.readline() not in ("then\n", ""):
            pass

    def __exit__(self, *_):
        """What it has not committed is undone."""
        self.child.stdin.close()
        self.child.wait(60)
        self.child.stdout.close()
