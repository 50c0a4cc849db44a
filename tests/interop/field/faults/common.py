"""What the cases of this area share: the program's own simulator as the meter, a line that goes dead, and the checks."""
import csv, io, json, os, re, shutil, signal, subprocess, time
from fieldcases import Result, Wrong, get, short, want, wattkey

NOTHING_SENT = re.compile(r"nothing (is|was|has been|were) sent|nothing sent|not sent|was not sent", re.I)
KEY = "0123456789abcdef"


def keys(k):
    rows = [{"sgc": "123456", "krn": n, "kt": 2, "dkga": "02", "ea": "07", "base_date": "2014", "ken": 255, "key": key} for n, key in ((1, KEY), (2, "abababababababab"))]
    return k.file("keys.json", json.dumps({"schema": "wattkey/keys/1", "lab": True, "sta_tables": "iec-sample", "vending_keys": rows, "decoder_keys": []}))


class Sim:
    """`wattkey sim` on a port of its own."""
    def __init__(self, k, *options):
        self.log = k.path("tokens.log")
        env = {**k.environment(), "WATTKEY_STATE_DIR": k.path("sim-state")}
        self.process = subprocess.Popen([wattkey(), "sim", "--listen", "tcp:127.0.0.1:0", "--log-tokens", self.log, "--json", *map(str, options)], cwd=k.dir, env=env,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=open(k.path("sim.err"), "w"), text=True)
        k.servers.append(self.process)
        text = ""
        while True:
            piece = self.process.stdout.readline()
            text += piece
            try:
                self.meters = json.loads(text)["meters"]
                break
            except ValueError:
                if not piece:
                    raise Wrong("the simulator did not start: " + short(text + open(k.path("sim.err")).read()))
        self.link, self.drn = self.meters[0]["link"], self.meters[0]["drn"]
        self.port = int(re.search(r":(\d+)", self.link.split("127.0.0.1")[1]).group(1))

    def accepted(self, token=None):
        try:
            with open(self.log) as f:
                rows = [json.loads(l) for l in f if l.strip()]
        except OSError:
            return 0
        return sum(1 for r in rows if token is None or r.get("token") == token)

    def wait_for(self, token, process, limit=8):
        """Waits until the meter accepted the token or the program ended."""
        end = time.time() + limit
        while not self.accepted(token) and process.poll() is None and time.time() < end:
            time.sleep(0.001)


def credit(k, drn, n=1, minutes=0):
    """n credit tokens of 1 kWh each, a minute apart."""
    f = keys(k)
    out = []
    for i in range(n):
        t = "2026-11-20T%02d:%02d:00Z" % (8 + (minutes + i) // 60, (minutes + i) % 60)
        r = k.run("token", "generate", "credit", "1", "--keys", f, "--drn", drn, "--sgc", "123456", "--krn", 1, "--kt", 2, "--ti", 1, "--time", t, "--json", "-q",
                  env={"WATTKEY_STATE_DIR": k.path("bench-state")})
        out.append(get(r.json, "tokens", 0, "token"))
    return out


def key_change(k, drn):
    r = k.run("token", "generate", "key-change", "--keys", keys(k), "--drn", drn, "--sgc", "123456", "--krn", 1, "--kt", 2, "--ti", 1, "--to-krn", 2, "--json", "-q",
              env={"WATTKEY_STATE_DIR": k.path("bench-state")})
    return [t["token"] for t in r.json["tokens"]]


def start(k, *args, **more):
    return subprocess.Popen([wattkey(), *map(str, args)], cwd=k.dir, env=k.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def ended(p, within=15):
    try:
        out, err = p.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        p.kill()
        p.communicate()
        raise Wrong("no end within %g s" % within)
    return Result(p.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), 0)


def no_room(k, blocks, *args):
    """Runs wattkey with files that cannot grow past so many KiB, as on a full disk."""
    p = subprocess.run(["bash", "-c", "trap '' XFSZ; ulimit -f %d; exec \"$0\" \"$@\"" % blocks, "timeout", "-k", "2", "20", wattkey(), *map(str, args)], cwd=k.dir,
                       env=k.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return Result(p.returncode, p.stdout.decode("utf-8", "replace"), p.stderr.decode("utf-8", "replace"), 0)


def full_disk(k, command, accepted, sizes):
    """Tries one change under growing limits of file size; whatever reached the meter is never said not to have been sent."""
    seen = []
    for blocks in sizes:
        args, token = command()
        r = no_room(k, blocks, *args)
        if accepted(token):
            seen.append(blocks)
            want(not NOTHING_SENT.search(r.text), "the meter accepted the token, and exit %d says: %s" % (r.rc, short(r.text[-260:], 200)))
    return seen


def open_intents(k):
    """Intents of the ledger without an outcome, by their number."""
    rows = k.run("ledger", "list", "--json").json["entries"]
    return {r["seq"] for r in rows if r["kind"] == "intent"} - {r.get("intent") for r in rows if r["kind"] == "outcome"}


def cells(text):
    """Text cells of a CSV output that a spreadsheet would run."""
    bad = []
    for row in csv.reader(io.StringIO(text)):
        for c in row:
            if c[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[+-]?\d+(\.\d+)?", c) and c != "-":
                bad.append(c)
    return bad


def no_formula(r, serial):
    want(serial[1:6] in r.out, "the serial number is not in the output: " + short(r.text))
    bad = cells(r.out)
    want(not bad, "a spreadsheet would run the cell %r" % (bad[0] if bad else ""))


def counters(path):
    """Invocation counters of all ciphered APDUs that the program sent over HDLC, from the recorded pieces."""
    with open(path) as f:
        b = bytes.fromhex("".join(f.read().split()))
    found = []
    for frame in b.split(b"\x7e"):
        i = frame.find(b"\xe6\xe6\x00")
        if i < 0:
            continue
        apdu = frame[i + 3:]
        m = re.match(rb"(?:[\xc8\xc9\xcb\xd0\xd1\xd3]|\xdb\x08.{8})(?:[\x00-\x7f]|\x81.|\x82..)[\x10\x20\x30](.{4})", apdu, re.S)
        if not m and apdu[:1] == b"\x60":
            m = re.search(rb"\x21(?:[\x00-\x7f]|\x81.)[\x10\x20\x30](.{4})", apdu, re.S)
        if m:
            found.append(int.from_bytes(m.group(1), "big"))
    return found


def modes(folder):
    """Files of a folder that others may read."""
    return [os.path.relpath(os.path.join(d, f), folder) for d, _, names in os.walk(folder) for f in names if os.stat(os.path.join(d, f)).st_mode & 0o077]


METERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "dlms")  # the small DLMS meter of the area next door


def formula_meter(k, serial):
    """A DLMS meter with such a serial number."""
    k.folders = [*k.folders, METERS]
    return k.start("dlms_meter.py", "--state", k.path("meter.json"), "--serial=" + serial).link


def quiet_end(k, *args):
    """A reader that is gone after one line, and one that is gone at once: no word, and no exit code of an error."""
    r, w = os.pipe()
    os.close(r)
    q = subprocess.run([wattkey(), *args], cwd=k.dir, env=k.environment(), stdin=subprocess.DEVNULL, stdout=w, stderr=subprocess.PIPE, text=True, timeout=20)
    os.close(w)
    want(not q.stderr.strip() and q.returncode in (0, 141, -13), "a reader that is gone: exit %d, %s" % (q.returncode, short(q.stderr)))
    p = subprocess.run(["bash", "-c", '"$0" "$@" | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}', wattkey(), *args], cwd=k.dir, env=k.environment(), stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=20)
    want(not p.stderr.strip() and p.returncode in (0, 141), "head -n 1: exit %d, %s" % (p.returncode, short(p.stderr)))


CREDENTIALS = '[dlms]\nclient = 48\nauth = "hls-gmac"\nsystem_title = "5445434830303031"\nencryption_key = "000102030405060708090a0b0c0d0e0f"\n' \
              'authentication_key = "d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"\n'


def counters_after_restore(k, port, cred, *command, wipe=False):
    """Three runs, the third with the state folder as it was after the first (or empty): no invocation counter may come twice."""
    recorded = []

    def run(n):
        f = k.path("sent-%d" % n)
        link = k.start("cutter.py", port, "--record", f).link
        r = k.run(*command, "-p", "dlms", "-l", link, "--credentials", cred, "--json")
        want(r.rc == 0, "run %d: exit %d: %s" % (n, r.rc, short(r.text)))
        recorded.append(counters(f))
    run(0)
    shutil.copytree(k.path("state"), k.path("backup"))
    run(1)
    shutil.rmtree(k.path("state"))
    if not wipe:
        shutil.copytree(k.path("backup"), k.path("state"))
    run(2)
    want(all(recorded), "the case is broken: no ciphered request was recorded")
    twice = set(recorded[0] + recorded[1]) & set(recorded[2])
    want(not twice, "%d invocation counters are used a second time under the same key, such as %d" % (len(twice), min(twice or {0})))
