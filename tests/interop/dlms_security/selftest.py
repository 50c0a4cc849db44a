#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The meters and clients of this folder against each other: shows that they are fit to judge wattkey.

Starts them as programs only. Ends with `N passed, N failed`; about four minutes with everything.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
AUTHS = ("none", "lls", "hls-md5", "hls-sha1", "hls-sha256", "hls-gmac", "hls-ecdsa")
POLICIES = ("authenticated", "encrypted", "authenticated-encrypted")
FORMS = ((), ("--general",), ("--dedicated",), ("--general", "--dedicated"))
STRONG = ("--policy", "authenticated-encrypted")
KEY = "AABBCCDDEEFF00112233445566778899"
PARTS = ("matrix", "cross", "general", "changes", "image", "certificates", "faults", "lost", "services", "push")


class Meter:
    """A meter process, its link and its log."""

    def __init__(self, program, *arguments):
        folder = tempfile.mkdtemp(prefix="selftest-")
        self.folder, self.path, self.process = folder, os.path.join(folder, "log"), None
        self.process = subprocess.Popen([sys.executable, os.path.join(HERE, f"{program}_meter.py"), "--log", self.path, *arguments],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("ready: "):
            raise SystemExit(f"{program}_meter.py {arguments} did not start:\n{self.process.stderr.read()}")
        self.link = line.split()[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        self.code = self.process.returncode
        shutil.rmtree(self.folder)

    def events(self, *names):
        with open(self.path, encoding="utf-8") as file:
            return [entry for entry in map(json.loads, file) if not names or entry["event"] in names]


def client(program, link, *arguments):
    """Runs a client; gives its exit code and its steps by name."""
    done = subprocess.run([sys.executable, os.path.join(HERE, f"{program}_client.py"), link, *arguments], capture_output=True,
                          text=True, timeout=90, check=False, stdin=subprocess.DEVNULL)
    steps = {}
    for line in done.stdout.splitlines():
        step = json.loads(line)
        steps["error" if "error" in step else step["step"]] = step
    if not steps:
        steps["error"] = {"step": "start", "error": done.stderr[-500:]}
    return done.returncode, steps


class Selftest:
    def __init__(self):
        self.passed = self.failed = 0
        self.pydlms = subprocess.run([sys.executable, "-c", "import pydlms, cryptography"], capture_output=True, check=False).returncode == 0
        self.sides = ("security", "pydlms") if self.pydlms else ("security",)
        self.folder = tempfile.mkdtemp(prefix="selftest-")

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
            print(f"ok   {name}")
        else:
            self.failed += 1
            print(f"FAIL {name}: {str(detail)[-1500:]}")
        sys.stdout.flush()

    def pair(self, meter, program, *arguments):
        """One session with the same options on both sides: ends well, and reads what the meter has."""
        with Meter(meter, *arguments) as it:
            code, steps = client(program, it.link, *arguments)
            good = code == 0 and steps.get("read", {}).get("serial") == "88000017" and steps["read"]["energy"] == 12345670
            accepted = [entry for entry in it.events("association") if entry["result"] == 0]
            return good and len(accepted) == 1, (steps.get("error"), it.events("association", "hls", "not-deciphered"))

    def pairs(self, jobs):
        self.many(lambda *job: self.check(" ".join(job), *self.pair(*job)), jobs)

    @staticmethod
    def many(act, jobs):
        """Some at a time."""
        with concurrent.futures.ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
            for done in [pool.submit(act, *job) for job in jobs]:
                done.result()

    # -- sessions -------------------------------------------------------------------------------------------------
    def matrix(self):
        """Gurux with Gurux: every authentication in every suite with every protection in every form."""
        jobs = []
        for suite in "012":
            for auth in AUTHS:
                jobs.append(("security", "security", "--auth", auth, "--suite", suite))
                jobs += [("security", "security", "--auth", auth, "--suite", suite, "--policy", policy, *form)
                         for policy in POLICIES for form in FORMS]
        self.pairs(jobs)

    def cross(self):
        """The independent implementation on either side."""
        jobs = []
        for meter, program in (("security", "pydlms"), ("pydlms", "security")) if self.pydlms else ():
            for suite in "012":
                jobs += [(meter, program, "--auth", auth, "--suite", suite, *more) for auth in AUTHS for more in ((), STRONG)]
                jobs += [(meter, program, "--auth", "hls-gmac", "--suite", suite, "--policy", policy, *form)
                         for policy in POLICIES for form in FORMS]
            jobs += [(meter, program, "--auth", "hls-gmac", *STRONG, "--wrapper"),
                     (meter, program, "--auth", "hls-gmac", *STRONG, "--general", "--pdu", "200"),
                     (meter, program, "--auth", "hls-ecdsa", "--suite", "2", *STRONG, "--challenge", "64")]
        self.pairs(jobs)

    def general(self):
        """What only pydlms has. Both sides are the same program here, so this shows that they run, not that they are right."""
        jobs = []
        for suite in "012" if self.pydlms else "":
            keys = ("none", "identified", "wrapped") + (("one-pass", "static") if suite != "0" else ())
            for key in keys:
                jobs.append(("pydlms", "pydlms", "--auth", "hls-gmac", "--suite", suite, *STRONG, "--general-ciphering", key))
                if suite != "0":
                    jobs.append((*jobs[-1], "--general-signing"))
            if suite != "0":
                jobs += [("pydlms", "pydlms", "--auth", "hls-ecdsa", "--suite", suite, "--general-signing", *more) for more in ((), STRONG)]
        self.pairs(jobs)
        for suite in "12" if self.pydlms else "":
            arguments = ("--auth", "hls-ecdsa", "--suite", suite, *STRONG)
            with Meter("pydlms", *arguments) as meter:
                code, steps = client("pydlms", meter.link, *arguments, "--key-agreement", "GUEK", "--key-agreement", "GAK")
                keys = {entry["name"]: entry["key"] for entry in meter.events("key")}
                self.check(f"key agreement in suite {suite}, and the session goes on with the keys",
                           code == 0 and steps["key-agreement"]["keys"] == keys and len(keys) == 2, steps.get("error"))

    # -- services and referencing ------------------------------------------------------------------------------------
    def services(self):
        """Short names, general block transfer and ACCESS: pydlms' meter with pydlms and, where it goes, Gurux as a client."""
        if not self.pydlms:
            return
        gmac = ("--auth", "hls-gmac", *STRONG)
        short = [(), ("--auth", "lls"), ("--auth", "hls-md5"), ("--auth", "hls-gmac"), gmac, ("--wrapper", "--pdu", "200")]
        jobs = [(program, ("--short-names", *more), ()) for program in self.sides for more in short]
        jobs += [("pydlms", ("--short-names", *gmac, *more), ()) for more in (("--general", "--pdu", "200"), ("--dedicated",))]
        windows = [("--gbt", window, *more) for window in ("1", "5") for more in ((), ("--wrapper",))]
        jobs += [(program, window, ()) for program in self.sides for window in windows]
        jobs += [("pydlms", ("--gbt", "5", *gmac, "--general", *more), ())
                 for more in ((), ("--wrapper", "--pdu", "200"), ("--short-names",))]
        jobs += [("pydlms", ("--gbt", "5", "--wrapper"), ("--gbt-lose", "3", "--gbt-lose-requests", "2")),
                 ("pydlms", ("--gbt", "5"), ("--no-streaming",)),
                 ("pydlms", ("--access", *gmac, "--general"), ()), ("pydlms", ("--access", "--gbt", "4", "--pdu", "100", "--wrapper"), ())]
        jobs += [(program, more, ()) for program in self.sides for more in ((), (*gmac, "--general", "--pdu", "200"))]
        self.many(self.exercise, jobs)
        for one, other in ((("--short-names",), ()), ((), ("--short-names",))):
            for program in self.sides:
                with Meter("pydlms", *one) as it:
                    code, steps = client(program, it.link, *other)
                    told = it.events("association")
                    self.check(f"{program} client: the other referencing than {one} is refused", code == 1
                               and steps["error"]["step"] == "associate"
                               and [(entry["result"], entry["diagnostic"]) for entry in told] == [(1, 2)], (steps, told))

    def exercise(self, program, both, of_meter):
        with Meter("pydlms", *both, *of_meter) as it:
            code, steps = client(program, it.link, *both, "--exercise", "--objects")
            requests, blocks, answers = it.events("request"), it.events("gbt-block"), it.events("gbt-response")
        name = " ".join(("pydlms meter,", program, "client:", *both, *of_meter))
        profile = steps.get("profile", {})
        good = (code == 0 and steps["read"]["energy"] == 12345670 and steps["write"]["read"] and steps["switch"]["states"] == [False, True]
                and profile["rows"] == 200 and profile["by_range"] and profile["by_entry"]
                and profile["first"] == ["07E90C1E020A0F0000800000", 1234368] and profile["last"] == ["07EA0101040C000000800000", 1234567])
        self.check(name, good, steps)
        services = {entry["service"] for entry in requests}
        if "--short-names" in both:
            self.check(f"{name}: by short names only", services == {"read", "write"}
                       and "12/0.0.40.0.0.255" in steps["objects"]["objects"], services)
        if "--access" in both:
            self.check(f"{name}: ACCESS", steps.get("access", {}).get("results") == [0, 0, 0, 4] and "access" in services, steps)
        if "--gbt" in both:
            forms = {str(entry["form"]) for entry in requests}
            window = int(both[both.index("--gbt") + 1])
            streamed = max((entry["at_once"] for entry in answers), default=0)
            wanted = 1 if window == 1 or "--no-streaming" in of_meter else window - ("--gbt-lose" in of_meter)
            # Gurux names its window in the second block first, so what comes at once is one block, then a window.
            self.check(f"{name}: in general blocks, and not in others", blocks and answers and not any(
                word in form for form in forms for word in ("block", "next")) and (streamed == wanted or program == "security"),
                (forms, streamed, answers))

    # -- reports -----------------------------------------------------------------------------------------------------
    def push(self):
        """Notifications by one, taken by the other; and by pydlms what Gurux does not make."""
        strong = ("--policy", "authenticated-encrypted")
        ways = [("tcp",), ("tcp", "--wrapper"), ("udp", "--wrapper")]
        jobs = []
        for one, other in (("push_sender", "gurux_push"), ("gurux_push", "push_sender")) if self.pydlms else ():
            jobs += [(one, other, way, (*more, "--count", "2"), ()) for way in ways for more in (
                (), strong, ("--policy", "authenticated", "--suite", "1"), ("--policy", "encrypted", "--suite", "2"))]
            # Gurux takes blocks of a notification over HDLC only.
            jobs += [(one, other, way, ("--gbt", "60"), ()) for way in (ways if one == "gurux_push" else ways[:1])]
        if self.pydlms:
            own = "push_sender", "push_sender"
            jobs += [(*own, way, (*strong, "--form", form, "--gbt", "60"), ("--time", "--objects", "40")) for way in ways
                     for form in ("template", "pairs", "structures")]
            jobs += [(*own, ways[0], ("--count", "3"), more) for more in (("--apart",), ("--split", "5"), ("--llc", "request"),
                                                                         ("--no-scalers",))]
            jobs.append((*own, ways[0], (*strong, "--general-ciphering", "identified"), ()))
        self.many(self.notify, jobs)

    def notify(self, sender, listener, way, both, of_sender):
        kind, *more = way
        words = [word for pair in zip(both, (*both[1:], "")) for word in pair[:1] if word not in ("--gbt", "60")]
        name = " ".join((sender, "to", listener, *way, *both, *of_sender))
        with subprocess.Popen([sys.executable, os.path.join(HERE, f"{listener}.py"), f"{kind}:127.0.0.1:0", "--listen", *more, *words],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as listening:
            ready = listening.stdout.readline().split()
            if not ready:
                self.check(name, False, listening.stderr.read())
                return
            sent = subprocess.run([sys.executable, os.path.join(HERE, f"{sender}.py"), ready[1], *more, *both, *of_sender],
                                  capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
            out, problems = listening.communicate(timeout=60)
        told, got = [json.loads(line) for line in sent.stdout.splitlines()], [json.loads(line)["values"] for line in out.splitlines()
                                                                         if line.startswith("{")]
        count = int(both[both.index("--count") + 1]) if "--count" in both else 1
        good = len(told) == len(got) == count and all(
            flat(value["raw"]) in flat(received) or str(value["value"]) in str(received)
            for sending, received in zip(told, got) for value in sending["values"] if value["class"] != 8)
        self.check(name, good, (told, got, sent.stderr, problems))

    # -- what a client changes --------------------------------------------------------------------------------------
    def changes(self):
        both = [(meter, program, f"{meter} meter, {program} client: ") for meter in self.sides for program in self.sides]
        self.many(self.change_keys, [(*pair, suite) for pair in both for suite in "02"])
        self.many(self.change_secret, [(*pair, *how) for pair in both for how in (
            ("lls", "--password", "attribute"), ("hls-md5", "--secret", "method"), ("hls-sha256", "--secret", "method"))])
        self.many(self.change_policy, both)

    def change_keys(self, meter, program, name, suite):
        key = KEY * (2 if suite == "2" else 1)
        arguments = ("--auth", "hls-gmac", "--suite", suite, *STRONG)
        with Meter(meter, *arguments) as it:
            code, steps = client(program, it.link, *arguments, *(word for k in ("GUEK", "GAK", "KEK")
                                                                 for word in ("--transfer-key", f"{k}={key}")))
            keys = {entry["name"]: entry["key"] for entry in it.events("key")}
            self.check(f"{name}three keys in suite {suite}, and the session goes on", code == 0 and set(keys.values()) == {key}
                       and set(keys) == {"GUEK", "GAK", "KEK"}, (steps.get("error"), keys))
            code, steps = client(program, it.link, *arguments, "--guek", key, "--gak", key, "--counter", "2000")
            self.check(f"{name}the next session with the new keys", code == 0, steps.get("error"))
            code, steps = client(program, it.link, *arguments, "--counter", "3000")
            self.check(f"{name}none with the old ones", code == 1 and steps["error"]["step"] == "associate", steps)
            code, steps = client(program, it.link, *arguments, "--guek", key, "--gak", key, "--counter", "4000",
                                 "--transfer-key", f"GUEK={key}")
            self.check(f"{name}a key under the old master key is refused", code == 1 and steps["error"]["step"] == "key-transfer"
                       and it.events("key-refused"), steps)

    def change_secret(self, meter, program, name, auth, option, how):
        with Meter(meter, "--auth", auth) as it:
            code, steps = client(program, it.link, "--auth", auth, "--new-secret", "changed-secret")
            told = it.events("secret")
            self.check(f"{name}the secret of {auth}", code == 0 and told == [
                {"event": "secret", "how": how, "secret": b"changed-secret".hex().upper()}], (steps.get("error"), told))
            code, steps = client(program, it.link, "--auth", auth, option, "changed-secret")
            self.check(f"{name}the next session of {auth} with the new secret", code == 0, steps.get("error"))
            code, steps = client(program, it.link, "--auth", auth)
            self.check(f"{name}none of {auth} with the old one", code == 1 and steps["error"]["step"] in ("associate", "hls"), steps)

    def change_policy(self, meter, program, name):
        with Meter(meter, "--auth", "hls-gmac", "--policy", "authenticated") as it:
            code, steps = client(program, it.link, "--auth", "hls-gmac", "--policy", "authenticated", "--activate-policy", "108")
            self.check(f"{name}a stronger policy", code == 0 and it.events("policy"), steps.get("error"))
            code, steps = client(program, it.link, "--auth", "hls-gmac", *STRONG, "--counter", "2000", "--security-setup",
                                 "--activate-policy", "36")
            self.check(f"{name}a weaker one is refused", code == 1 and steps["error"]["step"] == "activate-policy"
                       and steps["security-setup"]["policy"] == 108, steps)

    def image(self):
        data = os.urandom(5000)
        path = os.path.join(self.folder, "image")
        with open(path, "wb") as file:
            file.write(data)
        for meter in self.sides:
            for program in self.sides:
                out = os.path.join(self.folder, f"{meter}-{program}")
                with Meter(meter, "--auth", "hls-gmac", *STRONG, "--image-out", out, "--image-drop", "7", "--image-busy", "2") as it:
                    code, steps = client(program, it.link, "--auth", "hls-gmac", *STRONG, "--image", path)
                    done, lost = it.events("image-activate"), [entry for entry in it.events("image-block") if entry["lost"]]
                    same = False
                    if os.path.exists(out):
                        with open(out, "rb") as file:
                            same = file.read() == data
                    self.check(f"{meter} meter, {program} client: an image with lost blocks", code == 0 and same and len(lost) >= 3
                               and done[0]["sha256"] == hashlib.sha256(data).hexdigest(), steps.get("error"))

    def certificates(self):
        if not shutil.which("openssl"):
            print("left out: certificates, openssl is not here")
            return
        title = b"GRX00001".hex().upper()
        paths = {}
        for usage, curve in (("digitalSignature", "prime256v1"), ("keyAgreement", "prime256v1")):
            key, paths[usage] = os.path.join(self.folder, "key"), os.path.join(self.folder, usage)
            subprocess.run(["openssl", "ecparam", "-name", curve, "-genkey", "-noout", "-out", key], check=True, capture_output=True)
            subprocess.run(["openssl", "req", "-new", "-x509", "-key", key, "-subj", f"/CN={title}", "-days", "3650", "-addext",
                            f"keyUsage=critical,{usage}", "-out", paths[usage]], check=True, capture_output=True)
        arguments = ("--auth", "hls-ecdsa", "--suite", "1", *STRONG)
        for meter in self.sides:
            with Meter(meter, *arguments, "--certificate", paths["digitalSignature"]) as it:
                for counter, program in zip(("1000", "2000"), self.sides):
                    code, steps = client(program, it.link, *arguments, "--counter", counter, "--security-setup")
                    self.check(f"{meter} meter, {program} client: the certificate is listed",
                               code == 0 and steps["security-setup"]["certificates"] == 1, steps)
                if self.pydlms:
                    code, steps = client("pydlms", it.link, *arguments, "--counter", "3000", "--import-certificate",
                                         paths["keyAgreement"], "--export-certificate", f"1/{title}")
                    told = [entry["sha256"] for entry in it.events("certificate")]
                    self.check(f"{meter} meter: a certificate goes in and comes out", code == 0
                               and [steps["export-certificate"]["sha256"]] == told, (steps, told))

    # -- what must not work -----------------------------------------------------------------------------------------
    def faults(self):
        other, point = "5A" * 16, "55" * 32
        gmac = ("--auth", "hls-gmac", *STRONG)
        cases = [("another password", ("--auth", "lls"), ("--auth", "lls", "--password", "other"), "associate")]
        cases += [(f"another secret, {auth}", ("--auth", auth), ("--auth", auth, "--secret", "other"), "hls")
                  for auth in ("hls-md5", "hls-sha1", "hls-sha256")]
        cases += [("another block cipher key", gmac, (*gmac, "--guek", other), "associate"),
                  ("another authentication key", gmac, (*gmac, "--gak", other), "associate"),
                  ("another block cipher key for GMAC alone", ("--auth", "hls-gmac"), ("--auth", "hls-gmac", "--guek", other), "hls"),
                  ("another signing key of the client", ("--auth", "hls-ecdsa"), ("--auth", "hls-ecdsa", "--client-signing", point), "hls"),
                  ("another signing key of the meter", ("--auth", "hls-ecdsa", "--server-signing", point), ("--auth", "hls-ecdsa"), "hls"),
                  ("another mechanism", ("--auth", "hls-sha256"), ("--auth", "hls-md5"), "associate"),
                  ("a weaker policy", gmac, ("--auth", "hls-gmac", "--policy", "authenticated"), "associate"),
                  ("no ciphering", gmac, ("--auth", "hls-gmac"), "associate"),
                  ("another suite", gmac, (*gmac, "--suite", "1"), "associate"),
                  ("no dedicated key", (*gmac, "--dedicated"), gmac, "associate")]
        jobs = [(meter, program, *case) for meter in self.sides for program in self.sides for case in cases]
        for meter in self.sides:
            strict = ("--strict-counter",) if meter == "security" else ()
            jobs += [(meter, program, "an old invocation counter", (*gmac, *strict, "--counter", "5000"),
                      (*gmac, "--counter", "4000"), "associate") for program in self.sides]
        self.many(self.fault, jobs)

    def fault(self, meter, program, name, of_meter, of_client, step):
        with Meter(meter, *of_meter) as it:
            code, steps = client(program, it.link, *of_client)
            # pydlms proves and checks the secrets within the step that associates.
            steps_of = ("associate",) if program == "pydlms" else (step,)
            self.check(f"{meter} meter, {program} client: {name}", code == 1 and steps["error"]["step"] in steps_of
                       and "read" not in steps, steps)

    def lost(self):
        image = os.path.join(self.folder, "image")
        with open(image, "wb") as file:
            file.write(b"\x5a" * 500)
        gmac = ("--auth", "hls-gmac", *STRONG)
        cases = [("key_transfer", gmac, ("--transfer-key", f"GUEK={KEY}"), "key"),
                 ("change_secret", ("--auth", "hls-md5"), ("--new-secret", "changed"), "secret"),
                 ("change_secret", ("--auth", "lls"), ("--new-secret", "changed"), "secret"),
                 ("security_activate", gmac, ("--activate-policy", "108"), "policy"),
                 ("image_activate", gmac, ("--image", image), "image-activate")]
        for meter in self.sides:
            for method, arguments, act, event in cases:
                with Meter(meter, *arguments, "--lose", method) as it:
                    # pydlms takes a line lost on activation for a restart of the meter, and goes on.
                    code, steps = client("security", it.link, *arguments, *act)
                    self.check(f"{meter} meter: {method} of {arguments[1]} is done and not answered", code == 1
                               and "closed the connection" in steps["error"]["error"] and len(it.events(event)) == 1
                               and it.events("line-lost"), steps)
                self.check(f"{meter} meter ends on TERM", it.code == 0, it.code)


def flat(value):
    """As text, to look for one value among many."""
    return json.dumps(value).strip('"')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part")
    args = parser.parse_args()
    test = Selftest()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if not test.pydlms:
        print("left out: pydlms, the packages pydlms-client and cryptography are not here")
    try:
        for part in PARTS:
            if not args.only or part in args.only:
                getattr(test, part)()
    finally:
        shutil.rmtree(test.folder)
    print(f"{test.passed} passed, {test.failed} failed")
    return 1 if test.failed else 0


if __name__ == "__main__":
    sys.exit(main())
