#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Enters key-change sets into the bench meter, breaks them off, and has every refusal of the meter diagnosed."""
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PEER = os.path.join(HERE, "..", "dlms_meter")
sys.path.insert(0, PEER)

import sts_ref  # noqa: E402
from suite import BINARY, Suite  # noqa: E402

#: Vending keys of no supply group anywhere, each one part away from the first of the bench meter's key file.
MORE_KEYS = [("100200", 2, 2, "1993", "fedcba9876543210"), ("100201", 1, 2, "1993", "0e1f2c3d4a5b6879"),
             ("100200", 1, 3, "1993", "1023324554677689")]
TO_TWO = ["key-change", "--to", 'sgc="100201"', "--to", "krn=3", "--to", "ti=7"]
TO_FOUR = ["key-change", "--to", 'sgc="100200"', "--to", "krn=2", "--to", 'base_date="2014"', "--to", "ti=7", "--rollover"]


class KeyChanges(Suite):
    def __init__(self):
        super().__init__()
        self.keys_of = {}
        with open(os.path.join(PEER, "sts_keys.json"), encoding="utf-8") as file:
            keys = json.load(file)
        for sgc, krn, kt, base_date, key in MORE_KEYS:
            keys["vending_keys"].append({"sgc": sgc, "krn": krn, "kt": kt, "dkga": "02", "ea": "07",
                                         "base_date": base_date, "ken": 255, "key": key})
        self.keys = self.secret("all_keys.json", json.dumps(keys))
        for name in ("sts_meter", "sts_meter_ea11"):
            with open(os.path.join(PEER, f"{name}.json"), encoding="utf-8") as file:
                self.secret(f"{name}.json", json.dumps({**json.load(file), "keys": "all_keys.json"}))

    def token(self, *arguments, meter="sts_meter"):
        made = subprocess.run([sys.executable, os.path.join(PEER, "sts_token.py"), self.path(f"{meter}.json"), *arguments],
                              capture_output=True, text=True, check=True)
        return made.stdout.split()

    def sts_meter(self, *changes, switches=(), meter="sts_meter"):
        """Starts a meter and gives the options that reach it."""
        sets = [part for change in changes for part in ("--sts-set", change)]
        link = self.meter("--sts", self.path(f"{meter}.json"), *sets, *switches)
        return ["-l", link, "-p", "dlms", "--credentials", self.gmac, "--keys", self.keys, "--yes"]

    def key_register(self, use):
        return self.json("status", *use)[1].get("sts", {})

    def is_on(self, use, **parts):
        sts = self.key_register(use)
        return all(sts.get(name) == value for name, value in parts.items()) and sts.get("kct_pending") == []

    def rows(self):
        code, out, _ = self.run("ledger", "list", "--format", "jsonl")
        return out.count('"seq":') if code == 0 else 0

    def entered(self, name, use, pieces, results, **parts):
        code, entry = self.json("kct", "enter", *use, *pieces)
        told = [step["result"] for step in entry.get("steps", [])]
        self.check(name, code == 0 and entry["outcome"] == "accepted" and told == results and self.is_on(use, **parts), entry)

    # -- the checks -------------------------------------------------------------------------------------------------
    def sets(self):
        two = {"sgc": "100201", "krn": 3, "ti": 7}
        four = {"sgc": "100200", "krn": 2, "ti": 7}
        use, pair = self.sts_meter(), self.token(*TO_TWO)
        code, shown = self.json("kct", "enter", *use, "--dry-run", *pair)
        self.check("a dry run sends nothing", code == 0 and shown["complete"] and self.is_on(use, krn=1, ti=1), shown)
        self.entered("a pair changes supply group, revision and tariff index", use, pair[::-1], ["first-kct", "accept"], **two)
        before = self.rows()
        self.entered("entered again: nothing is sent", use, pair, [], **two)
        self.check("and nothing is journalled", self.rows() == before)
        credit = self.token("credit", "--tid", "14300000", "--set", 'sgc="100201"', "--set", "krn=3", "--set", "ti=7")
        code, entry = self.json("token", "enter", *use, *credit)
        self.check("credit of the new key is taken", code == 0 and entry["outcome"] == "accepted", entry)
        self.stop()
        use, whole = self.sts_meter(meter="sts_meter_ea11"), self.token(*TO_FOUR, meter="sts_meter_ea11")
        self.entered("a set of four with roll-over", use, whole, ["first-kct", "second-kct", "third-kct", "accept"], **four)
        self.check("the roll-over cleared the token identifiers", set(self.key_register(use).get("tids", [1])) == {0})
        self.stop()
        use = self.sts_meter("processing_s=1.5")
        self.entered("slow verdicts are waited for", use, pair, ["first-kct", "accept"], **two)
        self.stop()
        use = self.sts_meter("sgc_readout=zero")
        code, entry = self.json("kct", "enter", *use, *pair)
        sts = entry.get("after", {}).get("sts", {})
        self.check("a meter whose supply group reads 0 afterwards", code == 0 and entry["outcome"] == "accepted"
                   and (sts.get("krn"), sts.get("ti")) == (3, 7), entry)
        self.stop()
        for every in (5, 9):
            use = self.sts_meter(switches=["--drop-every", str(every)])
            self.finishes(f"every {every}th answer lost", [*use, "--timeout", "1s"], pair, **two)
            self.stop()

    def finishes(self, name, use, pieces, **parts):
        """At most six runs of the command, for the meter may still be busy with a section, lead to the new key, and none claims more than the meter holds."""
        for run in range(1, 7):
            code, entry = self.json("kct", "enter", *use, *pieces)
            if code == 0:
                break
            explained = entry.get("notes") or entry.get("diagnosis") or entry.get("error")
            if entry.get("outcome") == "accepted" or not explained:
                break
        self.check(f"{name}: finished in run {run}", code == 0 and entry["outcome"] == "accepted" and self.is_on(use, **parts), entry)

    def broken_off(self):
        pair, whole = self.token(*TO_TWO), self.token(*TO_FOUR, meter="sts_meter_ea11")
        two, four = {"sgc": "100201", "krn": 3, "ti": 7}, {"sgc": "100200", "krn": 2, "ti": 7}
        for meter, pieces, rows, parts in [("sts_meter", pair, rows, two) for rows in (1, 2, 3, 4)] + [
                ("sts_meter_ea11", whole, rows, four) for rows in (2, 5)]:
            use = self.sts_meter("processing_s=0.3", meter=meter)
            before = self.rows()
            process = subprocess.Popen([BINARY, "kct", "enter", *use, *pieces], env=self.environment, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while self.rows() < before + rows and process.poll() is None:
                pass
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.finishes(f"{len(pieces)} sections, killed at row {rows} of the ledger", use, pieces, **parts)
            self.stop()
        for toward_meter, octets in [(True, octets) for octets in (1300, 1700, 2100)] + [
                (False, octets) for octets in (2900, 3400, 3900)]:
            use = self.sts_meter()
            cutter = Cutter(use[1].removeprefix("tcp:"), toward_meter, octets)
            direct, use[1] = use[1], cutter.link
            first, _ = self.json("kct", "enter", *use, "--timeout", "1s", *pair)
            cutter.close()
            use[1] = direct
            name = f"cut after {octets} octets {'toward' if toward_meter else 'from'} the meter (exit {first})"
            self.check(f"{name}: no wrong claim", first in (3, 4, 5, 8) or first == 0 and self.is_on(use, **two))
            self.finishes(name, use, pair, **two)
            self.stop()
        code, ledger = self.json("ledger", "verify")
        self.check("the ledger is intact and closed", code == 0 and ledger["intact"] and ledger["open"] == 0, ledger)

    def locked(self):
        pair = self.token(*TO_TWO)
        wrong = self.token("credit", "--tid", "14300000", "--set", "ti=2")
        use = self.sts_meter("lockout_after=2", "lockout_s=6")
        for _ in range(2):
            self.json("token", "enter", *use, *wrong)
        code, entry = self.json("kct", "enter", *use, *pair)
        explained = entry.get("diagnosis") or {}
        self.check("a set into a locked meter: explained, nothing changed", code == 1 and entry["outcome"] == "refused"
                   and explained.get("verdict") == "lockout" and self.is_on(use, krn=1, ti=1), entry)
        end = time.monotonic() + 30
        while self.key_register(use).get("lockout_s") and time.monotonic() < end:
            pass
        self.entered("and when the lockout is over", use, pair, ["first-kct", "accept"], sgc="100201", krn=3, ti=7)
        self.stop()

    def refusals(self):
        credit = ["credit", "--tid", "14300000"]
        foreign_test = [sts_ref.to_token(1, sts_ref.block_test(0, (1 << 36) - 1, 99))]
        cases = [
            ("old-error", "token-old", [], self.token("credit", "--tid", "100")),
            ("used-error", "token-used", ["tids=[14300000]"], self.token(*credit)),
            ("key-expired-error", "key-expired", ["ken=100"], self.token(*credit)),
            ("ddtk-error", "default-key", ["kt=1"], self.token(*credit, "--set", "kt=1")),
            ("crc-error", "ti-mismatch", [], self.token(*credit, "--set", "ti=2")),
            ("crc-error", "krn-mismatch", [], self.token(*credit, "--set", "krn=2")),
            ("crc-error", "sgc-mismatch", [], self.token(*credit, "--set", 'sgc="100201"')),
            # No key at hand reads it: which meter it is for cannot be told.
            ("crc-error", "undetermined", [], self.token(*credit, "--set", 'drn="01234567905"')),
            ("overflow-error", "register-overflow", ["credit_max=50"], self.token(*credit)),
            ("range-error", "value-out-of-range", [], self.token("manage", "--subclass", "0", "--tid", "14300000",
                                                                   "--value", "65535")),
            ("function-error", "function-unsupported", [], self.token("manage", "--subclass", "2", "--tid", "14300000")),
            ("key-type-error", "key-type-not-allowed", [], self.token("key-change", "--to", "kt=3")[:1]),
            ("mfr-code-error", "manufacturer-mismatch", [], foreign_test),
            ("lockout", "lockout", ["lockout_after=1", "lockout_s=100"], self.token(*credit)),
        ]
        for result, verdict, changes, pieces in cases:
            for command in (["token", "enter"], ["diagnose", "--enter"]):
                use = self.sts_meter(*changes)
                if result == "lockout":
                    self.json("token", "enter", *use, *self.token(*credit, "--set", "ti=2"))
                code, document = self.json(*command, *use, *pieces)
                by_token = command[0] == "token"
                told = document["steps"][0]["result"] if by_token and document.get("steps") else result
                diagnosis = (document.get("diagnosis") or {}) if by_token else document
                self.check(f"{' '.join(command)}: {result} is {verdict}",
                           told == result and diagnosis.get("verdict") == verdict and code == 1, (code, document))
                self.stop()


class Cutter:
    """A TCP line that is cut for good after so many octets in one direction."""

    def __init__(self, far, toward_meter, octets):
        host, port = far.rsplit(":", 1)
        self.far, self.toward_meter, self.left = (host, int(port)), toward_meter, octets
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.link = f"tcp:127.0.0.1:{self.listener.getsockname()[1]}"
        self.accepting = threading.Thread(target=self.accept, daemon=True)
        self.accepting.start()

    def accept(self):
        while self.left > 0:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(self.far)
            pumps = [threading.Thread(target=self.pump, args=(*ends, counted), daemon=True)
                     for *ends, counted in ((near, far, self.toward_meter), (far, near, not self.toward_meter))]
            for pump in pumps:
                pump.start()
            for pump in pumps:
                pump.join()
        self.close()

    def pump(self, source, sink, counted):
        try:
            while data := source.recv(64):
                if counted:
                    data, self.left = data[:max(self.left, 0)], self.left - len(data)
                sink.sendall(data)
                if counted and self.left <= 0:
                    break
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.listener.close()


def main():
    suite = KeyChanges()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        for part in sys.argv[1:] or ("sets", "broken_off", "locked", "refusals"):
            getattr(suite, part)()
    finally:
        suite.stop()
    print(f"{suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
