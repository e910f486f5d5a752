# Every check of lib/formchecks.py on the system as it is; tests/mutate/run shows
# that they see each definition.  SPDX-License-Identifier: MulanPSL-2.0
import formchecks as C

DESK = []


def make(name, check):
    def test(town):
        if not DESK:
            DESK.append(C.Desk(town))
        check(DESK[0])
    test.__doc__ = "form: " + name
    return test


for number, (name, f) in enumerate(C.CHECKS):
    globals()["test_%02d" % number] = make(name, f)
