#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Runs wattkey against the bench meter and checks what it prints and how it ends.

  run                    the suite, some three minutes
  run --sessions 1000    as many sessions over a line that drops and damages frames, and nothing else
"""
import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BINARY = os.environ.get("WATTKEY_BIN", os.path.join(HERE, "../../../target/debug/wattkey"))
LLS = '[dlms]\nclient = 32\nauth = "lls"\npassword = "12345678"\n'
GMAC = ('[dlms]\nclient = 48\nauth = "hls-gmac"\nsystem_title = "5445434830303031"\n'
        'encryption_key = "000102030405060708090A0B0C0D0E0F"\nauthentication_key = "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"\n')
STS = os.path.join(HERE, "sts_meter.json")
#: 25 attributes of the bench meter that both clients read.
ATTRIBUTES = ["1/0.0.42.0.0.255:2", "1/0.0.96.1.0.255:2", "8/0.0.1.0.0.255:2", "1/0.0.96.11.0.255:2"] + [
    f"3/1.0.{code}.255:{attribute}"
    for code in ("1.8.0", "2.8.0", "32.7.0", "31.7.0", "14.7.0", "13.7.0", "1.7.0") for attribute in (2, 3)] + [
    "70/0.0.96.3.10.255:2", "70/0.0.96.3.10.255:3", "111/0.0.19.0.0.255:2", "111/0.0.19.0.0.255:5", "111/0.0.19.0.0.255:15",
    "111/0.0.19.0.0.255:16", "112/0.0.19.10.0.255:2"]


PARTS = ("lines", "commands", "sts", "clocks", "counters", "limits", "wrapped", "switches", "traces", "faults", "yardstick")


class Suite:
    def __init__(self):
        self.work = tempfile.mkdtemp(prefix="wattkey-dlms-")
        self.passed = self.failed = 0
        self.processes = []
        self.environment = {**os.environ, "WATTKEY_STATE_DIR": self.path("state"), "WATTKEY_CONFIG": self.path("config.toml")}
        self.lls, self.gmac = self.secret("lls.toml", LLS), self.secret("gmac.toml", GMAC)
        with open(os.path.join(HERE, "sts_keys.json"), encoding="utf-8") as file:
            self.keys = self.secret("keys.json", file.read())

    def path(self, name):
        return os.path.join(self.work, name)

    def secret(self, name, text):
        with open(os.open(self.path(name), os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    # -- the meter --------------------------------------------------------------------------------------------------
    def meter(self, *arguments, port=True, folder=None):
        """Starts the meter on a free TCP port (or a pty) and gives its link."""
        if port:
            with socket.create_server(("127.0.0.1", 0)) as free:
                address = f"127.0.0.1:{free.getsockname()[1]}"
            where, link = ["--tcp", address], f"tcp:{address}"
        else:
            link = self.path(f"pty{len(self.processes)}")
            where = ["--pty", link]
        process = subprocess.Popen([sys.executable, os.path.join(HERE, "dlms_meter.py"), *where, *arguments], text=True,
                                   stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=folder)
        self.processes.append(process)
        log = []
        for line in process.stderr:
            log.append(line)
            if "ready:" in line:
                break
        else:
            raise SystemExit("the meter did not start:\n" + "".join(log))
        threading.Thread(target=lambda: log.extend(process.stderr), daemon=True).start()
        process.log = log
        return link

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
        self.processes = []

    # -- the program ------------------------------------------------------------------------------------------------
    def run(self, *arguments, limit=60):
        done = subprocess.run([BINARY, *arguments], env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=limit, check=False)
        return done.returncode, done.stdout, done.stderr

    def json(self, *arguments, limit=60):
        code, out, err = self.run(*arguments, "--json", limit=limit)
        try:
            return code, json.loads(out)
        except ValueError:
            return code, {"unreadable": out, "stderr": err}

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
            print(f"ok   {name}")
        else:
            self.failed += 1
            print(f"FAIL {name}: {str(detail)[-1200:]}")
        sys.stdout.flush()

    # -- the checks -------------------------------------------------------------------------------------------------
    def status_is_right(self, name, *arguments, credit=42.1):
        code, status = self.json("status", *arguments)
        phases = status.get("supply", {}).get("phases", [{}])
        good = (code == 0 and status["meter"]["serial"] == "88000017" and status["credit"]["available"] == credit
                and status["energy"]["import_kwh"] == 12345.67 and phases[0].get("voltage_v") == 230.1
                and phases[0]["current_a"] == 4.567 and phases[0]["active_power_w"] == 1031.0
                and phases[0]["power_factor"] == 0.981 and status["supply"]["frequency_hz"] == 49.98
                and status["relay"]["output"] == "closed" and "problems" not in status)
        self.check(name, good, status)
        return status

    def lines(self):
        public = self.meter()
        code, status = self.json("status", "-l", public)
        self.check("status without authentication, protocol found out", code == 0 and status["meter"]["serial"] == "88000017"
                   and "credit" not in status and status["problems"], status)
        for name, credentials in (("LLS", self.lls), ("HLS GMAC", self.gmac)):
            self.status_is_right(f"status over TCP, {name}", "-l", public, "--credentials", credentials)
        pty = self.meter(port=False)
        self.status_is_right("status over a pty, HLS GMAC", "-l", pty, "--credentials", self.gmac)
        self.stop()
        for switches in (["--mode-e"], ["--mode-e-silent"], ["--mode-e", "--echo"]):
            link = self.meter(*switches, port=False)
            name = " ".join(switches)
            self.status_is_right(f"status, {name}", "-l", link, "--profile", "hexing-hxe", "--credentials", self.lls)
            self.stop()
        for switches in (["--echo"], ["--pdu", "200"], ["--pdu", "128", "--info-field", "64"], ["--info-field", "1024"],
                         ["--no-general-protection"], ["--no-general-protection", "--pdu", "200", "--info-field", "64"],
                         ["--drop-every", "7"], ["--bad-fcs-every", "5"]):
            link = self.meter(*switches)
            self.status_is_right(f"status, {' '.join(switches)}", "-l", link, "-p", "dlms", "--timeout", "1s",
                                 "--credentials", self.gmac)
            self.stop()
        link = self.meter("--address", "17", "--address", "18")
        for address, serial in (("1/17", "88000017"), ("1/18", "88000018")):
            code, status = self.json("status", "-l", link, "-p", "dlms", "--address", address, "--credentials", self.lls)
            self.check(f"two meters on one line, {address}", code == 0 and status["meter"]["serial"] == serial, status)
        code, status = self.json("status", "-l", link, "-p", "dlms", "--address", "1/17@4", "--credentials", self.lls)
        self.check("a four-byte address", code == 0 and status["meter"]["serial"] == "88000017", status)
        code, out, err = self.run("scan", "-l", link, "--timeout", "300ms")
        self.check("scan names the command to use", code == 0 and "wattkey status --link" in out, out + err)
        self.stop()

    def commands(self):
        link = self.meter()
        use = ["-l", link, "-p", "dlms", "--credentials", self.gmac]
        code, reading = self.json("read", *use, "1.0.1.8.0.255", "1.0.1.8.0.255:3", "3/1.0.32.7.0.255:2", "1/0.0.99.99.9.255:2")
        values = reading.get("values", [{}])
        self.check("read: scaled, raw, and one that is not there", code == 0 and values[0]["value"] == 12345670.0
                   and values[0]["unit"] == "Wh" and values[1]["value"] == [1, 30] and values[2]["value"] == 2301
                   and values[3]["error"] == "object-undefined", reading)
        code, written = self.json("write", *use, "0.0.19.0.0.255:16", "700", "--yes")
        self.check("write shows the old value and reads back", code == 0 and written["before"] == 500 and written["after"] == 700
                   and written["outcome"] == "accepted", written)
        code, out, _ = self.run("write", *use, "0.0.19.0.0.255:16", "800")
        self.check("write without an answer does nothing", code == 8 and not out, (code, out))
        code, written = self.json("write", "-l", link, "-p", "dlms", "--credentials", self.lls, "0.0.19.0.0.255:16", "800", "--yes")
        self.check("a refused write says so", code == 7 and written["outcome"] == "refused", written)
        code, events = self.json("events", *use)
        self.check("events", code == 0 and len(events["logs"][0]["rows"]) == 12, events)
        code, profile = self.json("profile", *use)
        self.check("load profile, whole", code == 0 and len(profile["rows"]) == 200 and profile["rows"][0][1] == 12000000.0, profile)
        code, profile = self.json("profile", *use, "--from", "2026-01-02", "--to", "2026-01-02T05:00")
        self.check("load profile by range", code == 0 and len(profile["rows"]) == 6 and profile["period_s"] == 3600, profile)
        code, out, _ = self.run("profile", *use, "--from", "2026-01-02", "--format", "csv")
        self.check("load profile as CSV", code == 0 and out.startswith("time,active energy import Wh\n"), out[:200])
        code, clock = self.json("clock", *use)
        self.check("clock", code == 0 and abs(clock["drift_s"]) <= 1, clock)
        code, clock = self.json("clock", "sync", *use)
        self.check("clock sync leaves a good clock alone", code == 0 and clock["outcome"] == "left-alone", clock)
        code, relay = self.json("relay", "disconnect", *use, "--yes")
        self.check("relay disconnect", code == 0 and relay["relay"]["output"] == "open" and relay["before"]["output"] == "closed", relay)
        code, relay = self.json("relay", "connect", *use, "--yes")
        self.check("relay connect", code == 0 and relay["relay"]["output"] == "closed", relay)
        code, entry = self.json("token", "enter", *use, "12345678901234567890")
        self.check("token accepted, credit rises", code == 0 and entry["outcome"] == "accepted"
                   and entry["after"]["credit"]["available"] == 52.1 and entry["steps"][0]["result"] == "accept", entry)
        code, entry = self.json("token", "enter", *use, "12345678901234567890")
        self.check("token refused the second time", code == 1 and entry["outcome"] == "refused", entry)
        code, error = self.json("token", "enter", *use, "1234567890123456789")
        self.check("a string of 19 digits is not sent", code == 2 and error["error"]["code"] == "bad-value", error)
        code, ledger = self.json("ledger", "verify")
        self.check("the ledger is intact and closed", code == 0 and ledger["intact"] and ledger["open"] == 0, ledger)
        self.stop()

    def sts(self):
        link = self.meter("--sts", STS, "--sts-set", "processing_s=0.7")
        use = ["-l", link, "-p", "dlms", "--credentials", self.gmac, "--keys", self.keys]
        status = self.status_is_right("status of an STS meter", *use)
        sts = status.get("sts", {})
        want = {"iin": "600727", "drn": "01234567897", "sgc": "100200", "krn": 1, "kt": 2, "ti": 1, "ken": 255, "ea": "07",
                "kct_supported": 2, "kct_pending": [], "lockout_s": 0, "dkga": "02", "base_date": "1993"}
        self.check("its key register", all(sts.get(name) == value for name, value in want.items())
                   and sts["derived"] == ["base_date", "dkga"] and len(sts["tids"]) == 50, sts)
        credit = self.token("credit", "--tid", "14300000", "--kwh", "25.6")
        code, entry = self.json("token", "enter", *use, credit)
        step = entry.get("steps", [{}])[0]
        self.check("slow verdict is waited for", code == 0 and step["result"] == "accept" and step["kind"] == "credit-electricity"
                   and entry["after"]["credit"]["available"] == 67.7, entry)
        code, entry = self.json("token", "enter", *use, credit)
        self.check("used token: result and cause", code == 1 and entry["steps"][0]["result"] == "used-error"
                   and entry["diagnosis"]["verdict"] == "token-used", entry)
        code, entry = self.json("token", "enter", *use, self.token("credit", "--tid", "14300001", "--set", "ti=2"))
        self.check("another tariff index: result and cause", code == 1 and entry["steps"][0]["result"] == "crc-error"
                   and entry["diagnosis"]["verdict"] == "ti-mismatch", entry)
        pair = self.token("key-change", "--to", 'sgc="100201"', "--to", "krn=3", "--to", "ti=7").split()
        code, entry = self.json("token", "enter", *use, pair[0])
        self.check("one half of a key change", code == 0 and entry["steps"][0]["result"] == "first-kct"
                   and entry["after"]["sts"]["kct_pending"] == [1], entry)
        code, entry = self.json("token", "enter", *use, pair[1])
        self.check("the other half", code == 0 and entry["after"]["sts"]["sgc"] == "100201" and entry["after"]["sts"]["krn"] == 3, entry)
        self.stop()

    def token(self, *arguments):
        made = subprocess.run([sys.executable, os.path.join(HERE, "sts_token.py"), STS, *arguments], capture_output=True,
                              text=True, check=True)
        return made.stdout.strip()

    def clocks(self):
        """The clock really set, and when it is not."""
        for ahead, words in ((-100, "slow"), (-1000, "far too slow")):
            link = self.meter("--clock-ahead", str(ahead))
            use = ["-l", link, "-p", "dlms", "--credentials", self.gmac]
            code, clock = self.json("clock", *use)
            self.check(f"a clock {words} is told", code == 0 and abs(clock["drift_s"] - ahead) <= 2, clock)
            if ahead < -300:
                code, error = self.json("clock", "sync", *use)
                self.check("five minutes and more want an answer", code == 8 and error["error"]["code"] == "not-confirmed", error)
                code, clock = self.json("clock", *use)
                self.check("and nothing was set", code == 0 and clock["drift_s"] < -900, clock)
            code, clock = self.json("clock", "sync", *use, *(["--yes"] if ahead < -300 else []))
            self.check(f"a clock {words} is set", code == 0 and clock["outcome"] == "accepted" and abs(clock["drift_after_s"]) <= 2, clock)
            code, clock = self.json("clock", *use)
            self.check("and keeps the time", code == 0 and abs(clock["drift_s"]) <= 2, clock)
            self.stop()
        # Fast by more than a billing period: setting it must go back over the end of one.
        link = self.meter("--clock-ahead", "1000")
        use = ["-l", link, "-p", "dlms", "--credentials", self.gmac]
        code, error = self.json("clock", "sync", *use)
        self.check("never back over a billing period without --yes", code == 8 and "billing period" in error["error"]["message"], error)
        code, clock = self.json("clock", "sync", *use, "--yes")
        self.check("back with --yes", code == 0 and abs(clock["drift_after_s"]) <= 2, clock)
        code, clock = self.json("clock", "sync", "-l", link, "-p", "dlms", "--credentials", self.lls)
        self.check("a good clock is left alone by anybody", code == 0 and clock["outcome"] == "left-alone", clock)
        self.stop()
        link = self.meter("--clock-ahead", "-100")
        code, clock = self.json("clock", "sync", "-l", link, "-p", "dlms", "--credentials", self.lls)
        self.check("a meter that refuses to be set", code == 7 and clock["outcome"] == "refused", clock)
        self.stop()

    def counters(self):
        """Invocation counters: found out, never used twice, and a confirmation where they are implausible."""
        link = self.meter("--strict-counter", "--counter", "70000")
        use = ["-l", link, "-p", "dlms", "--credentials", self.gmac]
        code, status = self.json("status", *use)
        self.check("first contact: the meter's counter is taken", code == 0 and status["meter"]["serial"] == "88000017", status)
        watcher = subprocess.Popen([BINARY, "status", *use, "--watch", "1s", "--json"], env=self.environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        for line in watcher.stdout:
            if line == "}\n":
                break
        watcher.kill()
        watcher.wait()
        code, status = self.json("status", *use)
        self.check("after kill -9 no counter is used twice", code == 0 and "problems" not in status, status)
        refused = [line for line in self.processes[-1].log if "was used" in line]
        self.check("the meter saw no counter a second time", not refused, refused)
        self.environment["WATTKEY_STATE_DIR"] = self.path("lost")
        code, status = self.json("status", *use)
        self.check("with the store lost the meter's counter is taken again", code == 0, status)
        self.stop()
        self.environment["WATTKEY_STATE_DIR"] = self.path("far")
        link = self.meter("--strict-counter", "--counter", str(3_000_000_000))
        use = ["-l", link, "-p", "dlms", "--credentials", self.gmac]
        code, error = self.json("status", *use)
        self.check("a counter above 2^31 stops with exit 8", code == 8 and error["error"]["code"] == "counter-far-ahead"
                   and "--yes" in error["error"]["hints"][0], error)
        self.check("and nothing was sent under the key", not any("client=48" in line for line in self.processes[-1].log),
                   self.processes[-1].log)
        code, status = self.json("status", *use, "--yes")
        self.check("confirmed it is taken", code == 0 and "problems" not in status, status)
        code, status = self.json("status", *use)
        self.check("and asked about once only", code == 0, status)
        self.environment["WATTKEY_STATE_DIR"] = self.path("state")
        self.stop()

    def limits(self):
        """The limiter, class 71."""
        profile = self.path("lift.toml")
        with open(profile, "w", encoding="utf-8") as file:
            file.write('name = "lift"\ndescription = "knows the number for no limit"\nprotocol = "dlms"\nextends = "bench-gurux"\n'
                       '[objects.limiter]\nat = ["71/0.0.17.0.0.255"]\nno_limit = 4294967295\n[sources]\n"objects" = "made up for this suite"\n')
        link = self.meter("--limiter", "5000")
        use = ["-l", link, "-p", "dlms", "--credentials", self.gmac]
        code, out, err = self.run("limit", *use)
        self.check("limit shown", code == 0 and "5000" in out, out + err)
        code, out, err = self.run("limit", "set", "--power", "4200", *use)
        self.check("a limit without an answer is not set", code == 8 and not any("0.0.17.0.0.255" in line for line in
                   self.processes[-1].log), (code, out, err))
        code, out, err = self.run("limit", "set", "--power", "4.2kW", *use, "--yes")
        status = self.json("status", *use)[1]
        self.check("a limit is set and in force", code == 0 and status["limits"]["power_w"] == 4200, (code, out, err, status))
        code, out, err = self.run("limit", "set", "--power", "4000", "-l", link, "-p", "dlms", "--credentials", self.lls, "--yes")
        self.check("a limit the meter refuses", code == 7, (code, out, err))
        code, out, err = self.run("limit", "clear", "--power", *use, "--yes")
        self.check("what no profile knows is not made up", code == 7 and "give the highest" in out + err, (code, out, err))
        self.run("limit", "clear", "--power", *use, "--profile", profile, "--yes")
        set_to = [line for line in self.processes[-1].log if "0.0.17.0.0.255 attribute 4" in line]
        self.check("a limit is lifted where the profile knows how", "4294967295" in set_to[-1], set_to)
        self.stop()

    def wrapped(self):
        """Every command over the TCP wrapper."""
        link = self.meter("--wrapper", "--sts", STS, "--limiter", "5000") + "?framing=wrapper"
        public = ["-l", link]
        use = [*public, "-p", "dlms", "--credentials", self.gmac]
        code, status = self.json("status", *public)
        self.check("wrapper: status without authentication", code == 0 and status["meter"]["serial"] == "88000017", status)
        for name, credentials in (("LLS", self.lls), ("HLS GMAC", self.gmac)):
            status = self.status_is_right(f"wrapper: status, {name}", *public, "-p", "dlms", "--credentials", credentials)
            self.check("wrapper: limit and key register", status.get("limits", {}).get("power_w") == 5000
                       and status["sts"]["sgc"] == "100200", status)
        code, out, err = self.run("scan", *public, "--timeout", "500ms")
        self.check("wrapper: scan", code == 0 and f"wattkey status --link {link} -p dlms" in out, out + err)
        code, reading = self.json("read", *use, *ATTRIBUTES)
        self.check("wrapper: read", code == 0 and not any("error" in value for value in reading["values"]), reading)
        code, written = self.json("write", *use, "0.0.19.0.0.255:16", "700", "--yes")
        self.check("wrapper: write", code == 0 and written["after"] == 700, written)
        code, events = self.json("events", *use)
        self.check("wrapper: events", code == 0 and len(events["logs"][0]["rows"]) == 12, events)
        code, profile = self.json("profile", *use)
        self.check("wrapper: load profile in blocks", code == 0 and len(profile["rows"]) == 200, profile)
        code, clock = self.json("clock", "sync", *use)
        self.check("wrapper: clock", code == 0 and clock["outcome"] == "left-alone", clock)
        code, relay = self.json("relay", "disconnect", *use, "--yes")
        self.check("wrapper: relay", code == 0 and relay["relay"]["output"] == "open", relay)
        code, entry = self.json("token", "enter", *use, "--keys", self.keys, self.token("credit", "--tid", "14300000", "--kwh", "5"))
        self.check("wrapper: token", code == 0 and entry["outcome"] == "accepted", entry)
        self.stop()
        link = self.meter("--wrapper", "--logical", "3") + "?framing=wrapper"
        code, status = self.json("status", "-l", link, "-p", "dlms", "--address", "3/17", "--credentials", self.lls)
        self.check("wrapper: another logical device", code == 0 and status["meter"]["serial"] == "88000017", status)
        code, error = self.json("status", "-l", link, "--timeout", "300ms", "--retries", "0")
        self.check("wrapper: a logical device that is not there", code == 4 and error["error"]["code"] == "no-reply", error)
        self.stop()

    def switches(self):
        """The switches of the meter that no other part uses."""
        link = self.meter("--logical", "5")
        code, status = self.json("status", "-l", link, "-p", "dlms", "--address", "5/17", "--credentials", self.lls)
        self.check("--logical", code == 0 and status["meter"]["serial"] == "88000017", status)
        self.stop()
        link = self.meter("--password", "another-password")
        other = self.secret("other.toml", LLS.replace("12345678", "another-password"))
        code, status = self.json("status", "-l", link, "-p", "dlms", "--credentials", other)
        self.check("--password", code == 0 and "credit" in status, status)
        self.stop()
        link = self.meter("--title", "ABC12345", "--guek", "F" * 32, "--gak", "A5" * 16)
        other = self.secret("keys.toml", GMAC.replace("000102030405060708090A0B0C0D0E0F", "F" * 32)
                            .replace("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF", "A5" * 16))
        self.status_is_right("--title, --guek, --gak", "-l", link, "-p", "dlms", "--credentials", other)
        self.stop()
        for rows in (0, 3000):
            link = self.meter("--rows", str(rows))
            code, profile = self.json("profile", "-l", link, "-p", "dlms", "--credentials", self.lls)
            self.check(f"--rows {rows}", code == 0 and len(profile["rows"]) == rows, str(profile)[:300])
            self.stop()
        hook = self.path("refuse.py")
        with open(hook, "w", encoding="utf-8") as file:
            file.write("def enter(token, meter):\n    return 5, 'authentication', 0\n")
        link = self.meter("--token-hook", "refuse:enter", folder=self.work)
        code, entry = self.json("token", "enter", "-l", link, "-p", "dlms", "--credentials", self.gmac, "12345678901234567890")
        self.check("--token-hook", code == 1 and entry["outcome"] == "refused", entry)
        self.stop()
        profile = self.path("binary.toml")
        with open(profile, "w", encoding="utf-8") as file:
            file.write('name = "binary"\ndescription = "tokens in nine octets"\nprotocol = "dlms"\nextends = "bench-gurux"\n'
                       '[token]\nencoding = "binary"\n[sources]\n"token" = "dlms_meter.py --sts-set token_form"\n')
        link = self.meter("--sts", STS, "--sts-set", 'token_form="binary"', "--sts-set", "lockout_after=1")
        use = ["-l", link, "-p", "dlms", "--credentials", self.gmac, "--keys", self.keys, "--profile", profile]
        credit = self.token("credit", "--tid", "14300000", "--kwh", "25.6")
        code, entry = self.json("token", "enter", *use, credit)
        self.check("--sts-set token_form: tokens in nine octets", code == 0 and entry["after"]["credit"]["available"] == 67.7, entry)
        code, entry = self.json("token", "enter", *use, self.token("credit", "--tid", "14300001", "--set", "ti=2"))
        code, status = self.json("status", *use)
        self.check("--sts-set lockout_after: the lockout is shown", code == 0 and status["sts"]["lockout_s"] > 0, status)
        self.stop()

    def traces(self):
        """What a trace tells and what it hides; and the same session played again."""
        link = self.meter()
        token, trace = "55554444333322221111", self.path("trace.jsonl")
        for name, credentials, secret in (("LLS", self.lls, b"12345678"), ("HLS GMAC", self.gmac, None)):
            code, entry = self.json("token", "enter", "-l", link, "-p", "dlms", "--credentials", credentials, token, "--trace", trace, "--overwrite")
            with open(trace, encoding="utf-8") as file:
                text = file.read()
            hidden = [token.encode(), token[:8].encode(), *([secret] if secret else [])]
            self.check(f"{name}: no token or password in the trace", code in (0, 1) and not any(word.hex() in text or
                       word.decode() in text for word in hidden), (code, entry))
            decoded = self.run("trace", "decode", trace, "--format", "jsonl", "--credentials", credentials)[1]
            words = ("AARQ", "ACTION request", "class 115", "GET response", f"…{token[16:]}")
            self.check(f"{name}: the trace is decoded", all(word in decoded for word in words)
                       and not any(word.decode() in decoded for word in hidden), decoded[-1500:])
        code, status = self.json("status", "-l", link, "-p", "dlms", "--credentials", self.lls, "--trace", trace, "--overwrite")
        with open(trace, encoding="utf-8") as file:
            self.check("a token the meter tells is hidden too", token.encode().hex() not in file.read())
        code, again = self.json("status", "-l", f"replay:{trace}", "-p", "dlms", "--credentials", self.lls)
        same = {name: value for name, value in again.items() if name not in ("link", "read_at", "clock", "sts")}
        self.check("the trace plays the meter", code == 0 and same and all(status[name] == value for name, value in same.items()),
                   (again, status))
        self.stop()

    def faults(self):
        link = self.meter()
        wrong = self.secret("wrong.toml", LLS.replace("12345678", "wrong"))
        key = self.secret("wrongkey.toml", GMAC.replace("D0D1", "FFFF"))
        for name, credentials, words in (("wrong password", wrong, ("authentication",)),
                                         ("wrong key", key, ("decryption", "authentication"))):
            code, error = self.json("status", "-l", link, "-p", "dlms", "--credentials", credentials)
            self.check(name, code == 6 and error["error"]["code"] in words, error)
        self.stop()
        with socket.create_server(("127.0.0.1", 0)) as mute:
            link = f"tcp:127.0.0.1:{mute.getsockname()[1]}"
            began = time.monotonic()
            code, error = self.json("status", "-l", link, "-p", "dlms", "--timeout", "500ms", "--retries", "1")
            took = time.monotonic() - began
            self.check("a mute port", code == 4 and error["error"]["code"] == "no-reply" and took < 4, (took, error))
        code, error = self.json("status", "-l", "/dev/does-not-exist", "-p", "dlms")
        self.check("a port that is not there", code == 3 and error["error"]["code"] == "port-absent", error)
        listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=lambda: hang_up(listener), daemon=True).start()
        code, error = self.json("status", "-l", f"tcp:127.0.0.1:{listener.getsockname()[1]}", "-p", "dlms")
        self.check("a meter that hangs up", code in (4, 5) and error["error"]["code"] in ("connection-lost", "garbled"), error)
        listener.close()
        self.interrupt()
        self.lost_answer()

    def interrupt(self):
        link = self.meter()
        process = subprocess.Popen([BINARY, "status", "-l", link, "-p", "dlms", "--watch", "30s", "--json"], env=self.environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        for line in process.stdout:
            if line == "}\n":
                break
        process.send_signal(signal.SIGINT)
        code = process.wait(10)
        self.check("Ctrl-C ends with 130", code == 130, code)
        code, status = self.json("status", "-l", link, "-p", "dlms")
        self.check("the meter is free afterwards", code == 0, status)
        self.stop()

    def lost_answer(self):
        """A proxy that swallows the answer to the token and hangs up: the token is read back, and never sent twice."""
        link = self.meter()
        where = link.removeprefix("tcp:").rsplit(":", 1)
        proxy = Proxy((where[0], int(where[1])))
        token = "55556666777788889999"
        code, entry = self.json("token", "enter", "-l", proxy.link, "-p", "dlms", "--credentials", self.gmac, token,
                                "--timeout", "1s", limit=90)
        taken = [line for line in self.processes[-1].log if token in line]
        self.check("a lost answer is read back", code == 0 and entry["outcome"] == "accepted" and entry["steps"][0]["read_back"], entry)
        self.check("the token went out once", len(taken) == 1, taken)
        proxy.close()
        self.stop()

    def yardstick(self):
        """The same attributes by wattkey and by the Gurux client."""
        link = self.meter()
        port = "socket://" + link.removeprefix("tcp:")
        # wattkey tells the meter's number beside any reading, so both read it.
        theirs = subprocess.run([sys.executable, os.path.join(HERE, "gurux_reads.py"), port, *ATTRIBUTES, "1/0.0.96.1.0.255:2"], capture_output=True,
                                text=True, timeout=60, check=False)
        found = re.search(r"(\d+) exchanges (\d+) octets ([\d.]+) s", theirs.stdout)
        code, out, err = self.run("read", "-l", link, "-p", "dlms", "--credentials", self.lls, "-v", *ATTRIBUTES)
        took = min(self.timed("read", "-l", link, "-p", "dlms", "--credentials", self.lls, *ATTRIBUTES) for _ in range(5))
        ours = re.search(r"(\d+) exchanges, (\d+) octets sent, (\d+) received", err)
        self.check("both clients read 25 attributes", bool(found and ours) and code == 0 and len(ATTRIBUTES) == 25,
                   theirs.stdout + theirs.stderr + err)
        if found and ours:
            exchanges, octets = int(ours[1]), int(ours[2]) + int(ours[3])
            print(f"     wattkey {exchanges} exchanges, {octets} octets, {took:.2f} s; "
                  f"Gurux {found[1]} exchanges, {found[2]} octets, {found[3]} s")
            where = link.removeprefix("tcp:").rsplit(":", 1)
            for name, command in (("25 attributes", ["read", *ATTRIBUTES]), ("a load profile of 200 rows", ["profile"])):
                paced = Paced((where[0], int(where[1])))
                code, _, err = self.run(*command, "-l", paced.link, "-p", "dlms", "--credentials", self.lls)
                self.check(f"{name} at 9600 8N1, paced in real time", code == 0, err)
                print(f"     {paced.octets} octets, meter's reactions {paced.reaction:.3f} s, {paced.took:.3f} s in all: "
                      f"{100 * paced.share():.1f} % of what the line allows")
            self.check("half the exchanges", exchanges * 2 <= int(found[1]), (exchanges, found[0]))
            self.check("half the octets", octets * 2 <= int(found[2]), (octets, found[0]))
            self.check("less wall time, start of the program included", took < float(found[3]), (took, found[3]))
        self.stop()

    def timed(self, *arguments):
        began = time.monotonic()
        self.run(*arguments)
        return time.monotonic() - began

    def sessions(self, count):
        """Sessions over a line that loses and damages frames: the right values or an honest error, and none hangs."""
        link = self.meter("--drop-every", "97", "--bad-fcs-every", "101")
        good = honest = 0
        for _ in range(count):
            code, reading = self.json("read", "-l", link, "-p", "dlms", "--credentials", self.lls, "--timeout", "300ms",
                                      "3/1.0.1.8.0.255:2", "3/1.0.32.7.0.255:2", "70/0.0.96.3.10.255:3")
            if code == 0 and [value.get("value") for value in reading["values"]] == [1234567, 2301, 1]:
                good += 1
            elif code in (4, 5) and "error" in reading:
                honest += 1
            else:
                self.check("a session on a bad line", False, (code, reading))
        self.check(f"{count} sessions on a bad line: {good} right, {honest} honest errors", good + honest == count and good > 0)
        self.stop()


class Paced:
    """A line of 9600 bit/s 8N1 in real time: one octet each 1.04 ms, one direction at a time. Keeps the meter's reaction
    times, which the line does not owe."""

    CHARACTER = 10 / 9600

    def __init__(self, target):
        self.target, self.octets, self.reaction, self.took = target, 0, 0.0, 0.0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.link = f"tcp:127.0.0.1:{self.listener.getsockname()[1]}?echo=off"
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        near, _ = self.listener.accept()
        far = socket.create_connection(self.target)
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        began = free = None
        while sent := near.recv(4096):
            free = max(free or 0, time.monotonic())
            began = began or free
            free = self.wait(free, len(sent))
            far.sendall(sent)
            answer = far.recv(4096)
            while answer[-1:] != b"\x7e" or len(answer) < 9:
                answer += far.recv(4096)
            now = time.monotonic()
            self.reaction += now - free
            free = self.wait(now, len(answer))
            near.sendall(answer)
            self.took = time.monotonic() - began
        near.close()
        far.close()
        self.listener.close()

    def wait(self, since, octets):
        self.octets += octets
        until = since + octets * self.CHARACTER
        while (left := until - time.monotonic()) > 0:
            time.sleep(left)
        return until

    def share(self):
        self.thread.join(10)
        return (self.octets * self.CHARACTER + self.reaction) / self.took


class Proxy:
    """Passes bytes on; when the token has gone through, it swallows the answer and hangs up, once."""

    def __init__(self, target):
        self.target, self.fired = target, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.link = f"tcp:127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            self.pass_on(near, socket.create_connection(self.target))

    def pass_on(self, near, far):
        near.settimeout(20)
        far.settimeout(20)
        try:
            while True:
                sent = near.recv(4096)
                if not sent:
                    break
                far.sendall(sent)
                answer = far.recv(4096)
                # The token is the longest request of a ciphered session: enter with twenty digits.
                if not self.fired and len(sent) == TOKEN_FRAME:
                    self.fired = True
                    break
                near.sendall(answer)
        except OSError:
            pass
        near.close()
        far.close()

    def close(self):
        self.listener.close()


#: Octets of the frame that carries a token: 35 of the ACTION, 16 of the general-glo header, 12 tag, 3 LLC, 12 HDLC.
TOKEN_FRAME = 78


def hang_up(listener):
    try:
        connection, _ = listener.accept()
        connection.recv(100)
        connection.sendall(b"\x7e\xa0\x1e")
        connection.close()
    except OSError:
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, help="only so many sessions over a bad line")
    parser.add_argument("--only", help="only this part: " + ", ".join(PARTS))
    args = parser.parse_args()
    suite = Suite()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        if args.sessions:
            suite.sessions(args.sessions)
        else:
            for part in PARTS:
                if args.only in (None, part):
                    getattr(suite, part)()
            if args.only is None:
                suite.sessions(60)
    finally:
        suite.stop()
    print(f"{suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
