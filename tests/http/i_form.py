# Every check of lib/formchecks.py and lib/quotachecks.py on the system as it is;
# tests/mutate/run shows that they see each definition.
# SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import quotachecks

DESKS = {}


def make(name, module, check):
    def test(town):
        if module not in DESKS:
            DESKS[module] = module.Desk(town)
        check(DESKS[module])
    test.__doc__ = "form: " + name
    return test


for module in (formchecks, quotachecks):
    for number, (name, f) in enumerate(module.CHECKS):
        globals()["test_%s_%02d" % (module.__name__, number)] = make(name, module, f)
