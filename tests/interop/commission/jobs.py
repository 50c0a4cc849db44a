#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Commissions the bench meter by packs written here: whole jobs, again, killed at rows of the ledger, and stopped."""
import datetime
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "kct"))
sys.path.insert(0, os.path.join(HERE, "..", "dlms_meter"))

from key_changes import KeyChanges  # noqa: E402
from suite import BINARY  # noqa: E402

CODE, CODE_KEY = "VC-1001", bytes(range(32))
PLAN = """schema = "wattkey/plan/1"
name = "bench"
steps = ["identify", "record", "vend-code", "firmware", "clock", "key-register", "key-change", "clear-tamper",
         "power-limit", "relay-test", "first-credit", "covers", "seal", "status", "report"]
optional = ["firmware", "clock", "power-limit"]
[values]
clock_drift_s = 60
[[questions]]
id = "covers"
ask = "Covers closed?"
[[questions]]
id = "seal"
ask = "Number of the seal"
kind = "text"
"""
TO_TWO, PARTS = ["key-change", "--to", 'sgc="100201"', "--to", "krn=3", "--to", "ti=7"], {"sgc": "100201", "krn": 3, "ti": 7}
TO_FOUR = ["key-change", "--to", 'sgc="100200"', "--to", "krn=2", "--to", 'base_date="2014"', "--to", "ti=7", "--rollover"]
FOUR = {"sgc": "100200", "krn": 2, "ti": 7}


class Jobs(KeyChanges):
    def __init__(self):
        super().__init__()
        with open(self.path("bench.toml"), "w", encoding="utf-8") as file:
            file.write(PLAN)

    def credit(self, tid="14300000", **new):
        sets = [part for name, value in new.items() for part in ("--set", f"{name}={json.dumps(value)}")]
        return self.token("credit", "--tid", tid, *sets)

    def pack(self, use, issue, record, meter="sts_meter", days=5):
        """A pack of one record, by the description of its format, signed by nobody."""
        status = self.json("status", *use)[1]
        drn = status["sts"]["drn"]
        now = datetime.datetime.now(datetime.timezone.utc)

        def stamp(offset):
            return (now + datetime.timedelta(days=offset)).strftime("%Y-%m-%dT%H:%M:%SZ")

        code = hmac.new(CODE_KEY, drn.encode() + b"\0" + CODE.replace("-", "").encode(), hashlib.sha256).hexdigest()
        head = {"schema": "wattkey/pack/1", "name": "bench", "issued_at": stamp(-3), "valid_until": stamp(days),
                "records": 1, "code_key": CODE_KEY.hex()}
        line = {"drn": drn, "standing": "active", "code_hash": code, "serial": status["meter"]["serial"],
                "ea": status["sts"]["ea"], "kt": 2, **record,
                "tokens": [{"kind": kind, "tokens": tokens} for kind, tokens in issue.items()]}
        path = self.path("bench.pack")
        with open(path, "w", encoding="utf-8") as file:
            file.write(json.dumps(head) + "\n" + json.dumps(line) + "\n")
        return path

    def job(self, use, pack, job):
        return ["commission", *use, "--plan", self.path("bench.toml"), "--headend", pack, "--accept-unverified-pack",
                "--vend-code", CODE, "--id", job, "--answer", "covers=yes", "--answer", "seal=A17"]

    @staticmethod
    def states(report):
        return {step["step"]: step["state"] for step in report.get("steps", [])}

    def done(self, name, code, report, use, credit, **parts):
        after = self.json("status", *use)[1]
        self.check(name, code == 0 and report.get("outcome") == "commissioned" and self.is_on(use, **parts)
                   and abs(after["credit"]["available"] - credit) < 0.01 and after["relay"]["output"] == "closed",
                   (code, report, after.get("credit")))

    # -- the checks -------------------------------------------------------------------------------------------------
    def whole(self):
        for meter, to, parts in (("sts_meter", TO_TWO, PARTS), ("sts_meter_ea11", TO_FOUR, FOUR)):
            use = self.sts_meter("processing_s=0.3", meter=meter)
            begin = self.json("status", *use)[1]["credit"]["available"]
            issue = {"key-change": self.token(*to, meter=meter)}
            if meter == "sts_meter":
                issue["first-credit"] = self.credit(**parts)
            else:
                # The roll-over moves the base date, and the TID counts from it.
                sets = [part for name, value in {**parts, "base_date": "2014"}.items() for part in ("--set", f"{name}={json.dumps(value)}")]
                issue["first-credit"] = self.token("credit", "--tid", "6000000", *sets, meter=meter)
            pack, name = self.pack(use, issue, parts), f"{len(issue['key-change'])} sections"
            rows = self.rows()
            code, report = self.json(*self.job(use, pack, name), "--dry-run")
            self.check(f"{name}: a dry run changes nothing", code == 0 and report["outcome"] == "planned"
                       and self.states(report)["key-change"] == "planned" and self.rows() == rows and not self.is_on(use, **parts), report)
            code, report = self.json(*self.job(use, pack, name))
            gained = self.json("status", *use)[1]["credit"]["available"] - begin
            self.check(f"{name}: credit came in", gained > 0, gained)
            self.done(f"{name}: a whole job", code, report, use, begin + gained, **parts)
            states = self.states(report)
            self.check(f"{name}: each step was done", all(states[step] == "done" for step in (
                "identify", "vend-code", "key-change", "relay-test", "first-credit", "seal", "report")), states)
            code, report = self.json(*self.job(use, pack, name))
            states = self.states(report)
            self.done(f"{name}: the same job again", code, report, use, begin + gained, **parts)
            self.check(f"{name}: nothing was done again", all(states[step] == "already" for step in (
                "key-change", "relay-test", "first-credit", "seal")), states)
            self.check(f"{name}: the ledger has the head that was printed",
                       self.json("ledger", "verify", "--head", report["ledger_head"])[0] == 0)
            self.stop()

    def killed(self):
        # The bench meters have one number: a token that one of them took is in the ledger for all of them.
        for rows in (1, 3, 4, 6, 8, 10):
            use = self.sts_meter("processing_s=0.3")
            begin = self.json("status", *use)[1]["credit"]["available"]
            pack = self.pack(use, {"key-change": self.token(*TO_TWO), "first-credit": self.credit(str(14300000 + rows), **PARTS)}, PARTS)
            job, before = self.job(use, pack, f"killed-{rows}"), self.rows()
            process = subprocess.Popen([BINARY, *job], env=self.environment, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while self.rows() < before + rows and process.poll() is None:
                pass
            process.send_signal(signal.SIGKILL)
            process.wait()
            code, report = self.json(*job)
            if code != 0:
                # The meter may still hold the association that was not released.
                code, report = self.json(*job)
            credit = self.json("status", *use)[1]["credit"]["available"]
            self.check(f"killed at row {rows}: credited once", 0 < credit - begin < 60, credit - begin)
            self.done(f"killed at row {rows}: finished", code, report, use, credit, **PARTS)
            self.stop()
        code, ledger = self.json("ledger", "verify")
        self.check("the ledger is intact and closed", code == 0 and ledger["intact"] and ledger["open"] == 0, ledger)

    def stopped(self):
        use = self.sts_meter()
        issue = {"key-change": self.token(*TO_TWO), "first-credit": self.credit(**PARTS)}
        cases = [
            ("a wrong code", {}, ["--vend-code", "VC-2"], 1, "vend-code", "the code belongs to another meter"),
            ("a blocked meter", {"standing": "blocked", "operator_message": "call the office"}, [], 1, "vend-code", "call the office"),
            ("an inactive meter", {"standing": "inactive"}, [], 1, "vend-code", "switched off"),
            ("a meter nobody registered", {"standing": "unknown"}, [], 1, "vend-code", "no record"),
            ("another serial in the record", {"serial": "1"}, [], 8, "vend-code", "suspected clone"),
            ("another meter than was meant", {}, ["--expect-serial", "4711"], 8, "record", "is meant"),
        ]
        for index, (name, record, options, exit_code, step, words) in enumerate(cases):
            pack = self.pack(use, issue, {**PARTS, **record})
            job = self.job(use, pack, f"stopped-{index}")
            if "--vend-code" in options:
                place = job.index("--vend-code")
                del job[place:place + 2]
            code, report = self.json(*job, *options)
            last = (report.get("steps") or [{}])[-1]
            self.check(f"{name} is told", code == exit_code and last.get("step") == step and words in last.get("reason", ""), (code, report))
        pack = self.pack(use, issue, PARTS, days=-1)
        code, report = self.json(*self.job(use, pack, "stopped-old"))
        self.check("an old pack is told", code == 1 and "past its date" in report["steps"][-1]["reason"], (code, report))
        self.check("and nothing was sent to the meter", self.is_on(use, krn=1, ti=1))
        self.stop()
        # A set that starts from another key: the tool sees it before the meter does.
        use = self.sts_meter("krn=2")
        pack = self.pack(use, {"key-change": self.token(*TO_TWO)}, PARTS)
        code, report = self.json(*self.job(use, pack, "stopped-key"))
        self.check("a set for another key stops the job", code == 8 and self.is_on(use, krn=2, ti=1), (code, report))
        self.stop()
        # A token the meter refuses.
        use = self.sts_meter()
        pack = self.pack(use, {"key-change": self.token(*TO_TWO), "first-credit": self.credit(krn=1)}, PARTS)
        code, report = self.json(*self.job(use, pack, "stopped-credit"))
        last = (report.get("steps") or [{}])[-1]
        self.check("a refused credit is explained", code == 1 and last.get("step") == "first-credit"
                   and "crc-error" in last.get("reason", "") and self.is_on(use, **PARTS), (code, report))
        self.stop()


def main():
    suite = Jobs()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        for part in sys.argv[1:] or ("whole", "killed", "stopped"):
            getattr(suite, part)()
    finally:
        suite.stop()
    print(f"{suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
