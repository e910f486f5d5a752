# Faults: the database away, a worker killed.  SPDX-License-Identifier: MulanPSL-2.0
import os
import signal
import threading
import time

import office as O
import server as S


def test_database_away(town):
    """the database gone for a while: 503 with what was typed, afterwards it goes on, once"""
    who = O.clerk(town)
    form = who.get("/entry/new").form("/entry/new").set(entry_mode="01", reason="数据库中断时所填")
    before = int(town.one("SELECT COUNT(*) FROM bz_case"))
    town.sh('city_end "$d" database TERM')
    try:
        page = who.post(form)
        assert page.status == 503, page.status
        page.says("数据库")
        again = page.form("/entry/new")
        assert again.fields["reason"] == "数据库中断时所填" and again.key == form.key
        # A few seconds in ./check, the whole minute in ./check --all.
        end = time.monotonic() + (60 if os.environ.get("BZ_TIER") == "all" else 3)
        while time.monotonic() < end:
            assert who.get("/entry/").status == 503
            assert who.post(form).status == 503
            time.sleep(1)
    finally:
        town.sh('city_database "$d"')
    end = time.monotonic() + 60
    while True:
        page = who.post(again)
        if page.status == 303 or time.monotonic() > end:
            break
        time.sleep(0.3)
    assert page.status == 303, page.status
    assert who.post(form).headers.get("location") == page.headers["location"]
    assert int(town.one("SELECT COUNT(*) FROM bz_case")) == before + 1


def test_worker_killed(town):
    """a worker killed in the middle: replaced; the repeated form is stored exactly once"""
    who = O.clerk(town)
    before = int(town.one("SELECT COUNT(*) FROM bz_case"))
    forms = [who.get("/entry/new").form("/entry/new").set(entry_mode="01") for _ in range(30)]
    stop = threading.Event()

    def killer():
        while not stop.is_set():
            try:
                for pid in town.pids()[1][:1]:
                    os.kill(pid, signal.SIGKILL)
            except (OSError, ValueError):
                pass
            time.sleep(0.4)

    thread = threading.Thread(target=killer)
    thread.start()
    answers = []
    try:
        for form in forms:
            for _ in range(100):
                try:
                    page = who.post(form)
                except OSError:
                    page = None
                if page is not None and page.status == 303:
                    answers.append(page.headers["location"])
                    break
                time.sleep(0.1)
    finally:
        stop.set()
        thread.join()
    assert len(answers) == len(forms) and len(set(answers)) == len(forms), len(answers)
    assert int(town.one("SELECT COUNT(*) FROM bz_case")) == before + len(forms)
    town.wait()
    S.until(lambda: len(town.pids()[1]) >= 2, 5, "who was killed is not replaced")


def test_drain(town):
    """SIGTERM: the running request ends well, then the workers leave"""
    who = O.clerk(town)
    form = who.get("/entry/new").form("/entry/new").set(entry_mode="01")
    master, workers = town.pids()
    got = []
    thread = threading.Thread(target=lambda: got.append(who.post(form)))
    thread.start()
    time.sleep(0.005)
    os.kill(master, signal.SIGTERM)
    thread.join()
    assert got and got[0].status in (303, 502), got and got[0].status
    end = time.monotonic() + 60
    while any(os.path.exists("/proc/%d" % p) and open("/proc/%d/stat" % p).read().split()[2] != "Z" for p in workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert time.monotonic() < end, "workers did not leave"
    town.sh('city_end "$d" app TERM; city_app "$d"')
    town.wait()
    if got[0].status == 502:
        assert who.post(form).status == 303


def test_verify_after_faults(town):
    """bianzhi verify is clean after the faults"""
    out = town.tool("verify", check=False)
    assert out.returncode == 0, out.stdout
