# Jobs at set times: bianzhi-jobs.  Each test has servers of its own on the town's database, with a plugin whose jobs
# succeed, fail, hang and crash.  SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import os
import re
import signal
import subprocess
import time

import server as S
import town as T
from d_server import server, told
from j_reload import plugin_build, plugins_copy, reload

TRIAL = """#include <stdlib.h>
#include <unistd.h>
#include "bianzhi/plugin.h"
static int good (struct bz_req *r) { bz_say (r, "good ran"); return BZ_OK; }
static int bad (struct bz_req *r) { bz_say (r, "bad ran"); return bz_fail (r, BZ_FAILED, "nothing is there"); }
static int hang (struct bz_req *r) { bz_say (r, "hang ran"); for (;;) sleep (1); return BZ_OK; }
static int crash (struct bz_req *r) { bz_say (r, "crash ran"); abort (); return BZ_OK; }
static int slow (struct bz_req *r) { bz_say (r, "slow ran"); sleep (6); bz_say (r, "slow ended"); return BZ_OK; }
static int asks (struct bz_req *r)
{
  struct bz_rows *rows;
  bz_say (r, "ask ran");
  sleep (3);
  if (bz_db_open (r, &rows, "bz.job_one", BZ_ARGS (BZ_STR ("trial.ask"))) < 0)
    return BZ_FAILED;
  bz_say (r, "asked again");
  return BZ_OK;
}
static const struct bz_job jobs[] = { { "trial.good", "off", good }, { "trial.bad", "off", bad }, { "trial.hang", "off", hang },
  { "trial.crash", "off", crash }, { "trial.slow", "off", slow }, { "trial.ask", "off", asks } };
static const struct bz_plugin trial = { .head = BZ_HEAD, .name = "trial", .version = "1", .title = "T", .jobs = BZ_ROWS (jobs) };
BZ_EXPORT (trial)
"""


def job_lines(s, *lines):
    """[jobs] says LINES; the jobs of the platform stay off unless they say other things."""
    named = [line.split("=")[0] for line in lines]
    off = [j + "=off" for j in ("papers.sweep", "cases.terms", "cases.pairs", "staffing.slips") if j not in named]
    text = open(s.conf, encoding="utf-8").read()
    s.write(re.sub(r"\[jobs\]\n[^\[]*", lambda m: "[jobs]\n" + "\n".join(off + list(lines)) + "\n", text))


@contextlib.contextmanager
def jobs(town, *lines, set_=(), start=True, forget=True):
    """A server with the plugin and LINES in [jobs]."""
    if forget:
        town.sql("DELETE FROM bz_job")
    with server(town, "workers=1", "plugins=staffing;entry;trial", *set_, start=False) as s:
        folder = plugins_copy(s)
        s.change("plugindir=" + folder)
        plugin_build(TRIAL, folder + "/trial.so")
        job_lines(s, *lines)
        if start:
            s.start()
        yield s


def ran(s, word):
    return len(re.findall(r"\] %s ran" % word, s.log()))


def ended(s, job):
    return s.log().count("BZ0043 job %s: done" % job)


def row(town, job):
    got = town.sql("SELECT result, failures, due_at IS NULL, TIMESTAMPDIFF(SECOND, ended_at, due_at) FROM bz_job WHERE name = '%s'" % job)
    return got[0] if got else None


def listed(s):
    out = subprocess.run([T.STAGE + "/bin/bianzhi", "-c", s.conf, "jobs", "list"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True, timeout=60)
    assert out.returncode == 0, out.stdout
    return {line.split("  ")[0].strip(): line for line in out.stdout.splitlines()}


def test_jobs_by_schedule(town):
    """jobs: a job runs again and again by its schedule; the list says when it ran, how it went and when it is due"""
    with jobs(town, "trial.good=every 1s", "cases.terms=every 2s") as s:
        # What a job says is there before the server tells that it is done.
        S.until(lambda: ended(s, "trial.good") >= 3 and ended(s, "cases.terms") >= 1, 15, "three and one did not end")
        assert ran(s, "good") >= 3 and "cases.terms: 0 terms" in s.log(), s.log()
        assert s.ask("/login") == 200
        S.until(lambda: row(town, "trial.good")[0] == "done", 5, "not done")
        lines = listed(s)
        assert re.search(r"every 1s +20\d\d-\S+ \S+ +(done|running) +20\d\d-\S+ \S+$", lines["trial.good"]), lines
        assert re.search(r"off +- +- +-$", lines["trial.bad"]), lines
        assert len(s.named("bianzhi-jobs")) == 1


def test_jobs_fail(town):
    """jobs: a job that fails is told in the log and tried again a minute later, then later still; the others go on"""
    with jobs(town, "trial.good=every 1s", "trial.bad=every 2s") as s:
        S.until(lambda: "BZ0044" in s.log(), 15, s.log())
        assert "BZ0042 job trial.bad: nothing is there" in s.log(), s.log()
        assert row(town, "trial.bad") == ["failed", "1", "0", "60"], row(town, "trial.bad")
        seen = ran(s, "good")
        S.until(lambda: ran(s, "good") > seen + 1, 10, s.log())
        assert ran(s, "bad") == 1, "not put off: " + s.log()
        s.end()
        town.sql("UPDATE bz_job SET due_at = NOW() WHERE name = 'trial.bad'")
        s.start()
        S.until(lambda: ran(s, "bad") == 2 and row(town, "trial.bad")[0] == "failed", 15, s.log())
        assert row(town, "trial.bad") == ["failed", "2", "0", "120"], row(town, "trial.bad")


def test_jobs_crash(town):
    """jobs: a job that crashes costs its own run only"""
    with jobs(town, "trial.good=every 1s", "trial.crash=every 2s") as s:
        S.until(lambda: s.named("bianzhi-jobs"), 5, s.log())
        pid = s.named("bianzhi-jobs")
        S.until(lambda: (row(town, "trial.crash") or [None])[0] == "crashed", 15, s.log())
        seen = ran(s, "good")
        S.until(lambda: ran(s, "good") > seen + 1, 10, s.log())
        assert s.named("bianzhi-jobs") == pid and "BZ0040" not in s.log() and s.ask("/login") == 200


def test_jobs_hang(town):
    """jobs: a job over [server] job_seconds is ended, the others go on meanwhile"""
    with jobs(town, "trial.good=every 1s", "trial.hang=every 2s", set_=("job_seconds=4",)) as s:
        S.until(lambda: ran(s, "hang") == 1, 15, s.log())
        seen = ran(s, "good")
        S.until(lambda: ran(s, "good") > seen, 4, "another job waits for it: " + s.log())
        assert row(town, "trial.hang")[0] == "running"
        S.until(lambda: row(town, "trial.hang")[0] == "late", 10, s.log())
        assert not re.search(r"trial\.good: (late|crashed|failed)", s.log()), s.log()


def test_jobs_killed(town):
    """jobs: a bianzhi-jobs that is killed is replaced, its run is lost and ended with it, and tried again a minute later"""
    with jobs(town, "trial.hang=every 1s") as s:
        S.until(lambda: (row(town, "trial.hang") or [None])[0] == "running", 15, s.log())
        town.sql("UPDATE bz_job SET due_at = '2099-01-01' WHERE name = 'trial.hang'")
        victim = s.named("bianzhi-jobs")[0]
        # What runs is written down first, then begun.
        S.until(lambda: len(S.kids_of(victim)) == 1, 5, "no run is begun: " + s.log())
        runs = S.kids_of(victim)
        os.kill(victim, signal.SIGKILL)
        S.until(lambda: s.named("bianzhi-jobs") not in ([], [victim]), 10, s.log())
        S.until(lambda: S.ended(runs[0]), 5, "its run goes on")
        S.until(lambda: row(town, "trial.hang")[0] == "lost", 15, s.log())
        assert row(town, "trial.hang")[1] == "1"
        soon = town.one("SELECT due_at BETWEEN NOW() AND NOW() + INTERVAL 60 SECOND FROM bz_job WHERE name = 'trial.hang'")
        assert soon == "1", town.sql("SELECT * FROM bz_job")
        assert "BZ0040" in s.log() and "BZ0007" not in s.log(), s.log()


def test_jobs_changed_meanwhile(town):
    """jobs: a run that ends after a newer configuration has said when the job is due does not say otherwise"""
    with jobs(town, "trial.slow=every 1s") as s:
        S.until(lambda: (row(town, "trial.slow") or [None])[0] == "running", 15, s.log())
        job_lines(s, "trial.slow=daily 03:00")
        reload(s)
        S.until(lambda: row(town, "trial.slow")[0] == "done", 20, s.log())
        assert town.one("SELECT TIME(due_at) FROM bz_job WHERE name = 'trial.slow'") == "03:00:00", town.sql("SELECT * FROM bz_job")


def test_jobs_unlocked(town):
    """jobs: a run whose connection, and the lock with it, is gone fails; it does not go on beside another one"""
    with jobs(town, "trial.ask=every 1s", "trial.good=off") as s:
        S.until(lambda: ran(s, "ask") == 1, 15, s.log())
        for (number,) in town.sql("SELECT owner FROM (SELECT IS_USED_LOCK(CONCAT('bz.job.', MD5('bianzhi.trial.ask'))) AS owner) o"):
            town.sql("KILL " + number)
        S.until(lambda: (row(town, "trial.ask") or [None])[0] == "failed", 15, s.log())
        assert "asked again" not in s.log(), s.log()


def test_jobs_off(town):
    """jobs: what is off never runs; without any job there is no bianzhi-jobs; --single runs none"""
    with jobs(town, "trial.good=off") as s:
        time.sleep(3)
        assert not s.named("bianzhi-jobs") and ran(s, "good") == 0 and row(town, "trial.good") is None
        job_lines(s, "trial.good=every 1s")
        reload(s)
        S.until(lambda: ran(s, "good") > 0, 15, s.log())
        job_lines(s, "trial.good=off", "trial.slow=daily 03:00")
        reload(s)
        S.until(lambda: row(town, "trial.good")[2] == "1", 15, s.log())
        seen = ran(s, "good")
        time.sleep(3)
        assert ran(s, "good") == seen, s.log()
    with server(town, single=True, start=False) as s:
        job_lines(s, "cases.terms=every 1s")
        s.start()
        time.sleep(3)
        assert not s.kids() and "cases.terms" not in s.log(), s.log()


def test_jobs_two_servers(town):
    """jobs: of two servers on one database one runs each job when it is due; the other takes over when that is killed"""
    with jobs(town, "trial.good=every 2s") as a, jobs(town, "trial.good=every 2s", forget=False) as b:
        S.until(lambda: ran(a, "good") + ran(b, "good") >= 4, 30, a.log() + b.log())
        times = sorted(re.findall(r"(\d\d:\d\d:\d\d) \S+ good ran", a.log() + b.log()))
        assert len(times) == len(set(times)) and times, times
        first, second = (a, b) if ran(a, "good") else (b, a)
        assert ran(second, "good") == 0 and "this server runs" not in second.log(), second.log()
        first.signal(signal.SIGKILL)
        first.process.wait(S.HANGS)
        S.until(lambda: ran(second, "good") >= 2, 20, second.log())


def test_jobs_taken(town):
    """jobs: a run that somebody else has begun, as the table says, is not begun again"""
    with jobs(town, "trial.good=every 4s") as s:
        S.until(lambda: ran(s, "good") == 1 and row(town, "trial.good")[0] == "done", 15, s.log())
        town.sql("UPDATE bz_job SET due_at = '2099-01-01' WHERE name = 'trial.good'")
        time.sleep(7)
        assert ran(s, "good") == 1 and row(town, "trial.good")[0] == "done", s.log()


def test_jobs_running_already(town):
    """jobs: what runs already is not run by hand"""
    with jobs(town, "trial.slow=every 2s") as s:
        S.until(lambda: ran(s, "slow") == 1, 15, s.log())
        out = subprocess.run([T.STAGE + "/bin/bianzhi", "-c", s.conf, "jobs", "run", "trial.slow"], stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, timeout=60)
        assert out.returncode == 1 and "running already" in out.stdout, out.stdout
        s.end()
        assert s.log().count("slow ended") == s.log().count("slow ran"), s.log()


def test_jobs_missed(town):
    """jobs: a run that was missed while no server was up is made up for, once"""
    with jobs(town, "trial.good=daily 04:00") as s:
        S.until(lambda: row(town, "trial.good"), 15, s.log())
        assert row(town, "trial.good")[2] == "0" and ran(s, "good") == 0
        s.end()
        town.sql("UPDATE bz_job SET due_at = NOW() - INTERVAL 2 DAY WHERE name = 'trial.good'")
        s.start()
        S.until(lambda: row(town, "trial.good")[0] == "done", 15, s.log())
        time.sleep(3)
        assert ran(s, "good") == 1, s.log()


def test_jobs_reload(town):
    """jobs: a run that goes on at a reload is finished by those who began it, and others are run by the new ones meanwhile"""
    with jobs(town, "trial.slow=every 30m", "trial.good=every 1s") as s:
        S.until(lambda: row(town, "trial.slow"), 15, s.log())
        s.end()
        town.sql("UPDATE bz_job SET due_at = NOW() WHERE name = 'trial.slow'")
        s.start()
        S.until(lambda: ran(s, "slow") == 1, 15, s.log())
        old = s.named("bianzhi-jobs")[0]
        s.signal(signal.SIGHUP)
        S.until(lambda: "BZ0025" in s.log(), 15, s.log())
        S.until(lambda: s.log().count("this server runs") == 3, 15, s.log())
        seen = ran(s, "good")
        S.until(lambda: ran(s, "good") > seen and not S.ended(old), 5, s.log())
        S.until(lambda: S.ended(old), 15, s.log())
        assert s.log().count("slow ended") == 1 and ran(s, "slow") == 1, s.log()
        assert row(town, "trial.slow")[0] == "done", row(town, "trial.slow")
        seen = ran(s, "good")
        S.until(lambda: ran(s, "good") > seen + 1, 15, s.log())


def test_jobs_end(town):
    """jobs: SIGTERM lets a run end within the time of a request, a killed master leaves no orphan"""
    with jobs(town, "trial.slow=every 1s") as s:
        S.until(lambda: ran(s, "slow") == 1, 15, s.log())
        s.signal(signal.SIGTERM)
        assert s.process.wait(S.HANGS) == 0
        assert s.log().count("slow ended") == 1, s.log()
        town.sql("UPDATE bz_job SET due_at = '2099-01-01'")
        s.start()
        S.until(lambda: s.named("bianzhi-jobs"), 5, s.log())
        kids = s.kids()
        s.signal(signal.SIGKILL)
        s.process.wait(S.HANGS)
        S.until(lambda: all(S.ended(k) for k in kids), 5, "an orphan stays")


def test_jobs_wrong(town):
    """jobs: a wrong schedule or name is refused with file and line, of the configuration and of a plugin"""
    with jobs(town, start=False) as s:
        for line, why in (("trial.good=daily 25:00", "daily hh:mm"), ("trial.good=sometimes", "off"), ("trial.nowhere=off", "no such job")):
            job_lines(s, line)
            rc, out = told(town, "--check-config", conf=s.conf)
            assert rc == 1 and re.search(re.escape(s.conf) + r":\d+: \[jobs\] " + re.escape(line), out) and why in out, out
        job_lines(s)
        plugin_build(TRIAL.replace('"trial.bad", "off"', '"trial.bad", "02:30"'), s.dir + "/lib/bianzhi/plugins/trial.so")
        rc, out = told(town, "--check-config", conf=s.conf)
        assert rc == 1 and "trial.so: job trial.bad" in out, out


def test_jobs_by_hand(town):
    """jobs: a run by hand is in the list; one that fails says so once"""
    with jobs(town, start=False) as s:
        def run(name):
            out = subprocess.run([T.STAGE + "/bin/bianzhi", "-c", s.conf, "jobs", "run", name], stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, text=True, timeout=60)
            return out.returncode, out.stdout
        assert run("trial.good") == (0, "good ran\n")
        rc, text = run("trial.bad")
        assert rc == 1 and text.count("bad ran") == 1 and "nothing is there" in text, text
        lines = listed(s)
        assert re.search(r"off +20\d\d\S+ \S+ +done +-$", lines["trial.good"]) and " failed " in lines["trial.bad"], lines
        rc, text = run("trial.nowhere")
        assert rc == 1 and "jobs list" in text, text
