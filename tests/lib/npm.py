# Packages of npm that a test needs, in a folder of their own.
# SPDX-License-Identifier: MulanPSL-2.0
import json
import os
import subprocess


def version(modules, name):
    path = os.path.join(modules, "node_modules", name, "package.json")
    return json.load(open(path))["version"] if os.path.exists(path) else None


def install(package, modules):
    """The devDependencies of the file PACKAGE into the folder MODULES, unless
    they are there.  What npm says when they cannot be had; None: all there."""
    os.makedirs(modules, exist_ok=True)
    wanted = json.load(open(package))["devDependencies"]
    if all(version(modules, n) == v for n, v in wanted.items()):
        return None
    made = subprocess.run(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", modules]
                          + ["%s@%s" % i for i in wanted.items()], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=240)
    return made.stdout[-1500:] if made.returncode else None
