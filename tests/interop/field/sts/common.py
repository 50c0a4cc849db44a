"""What the cases of this area share: bench keys, tokens made for them, and the checks."""
import datetime, json, os, re, sys
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..", "..", "..")
sys.path.insert(0, os.path.join(HERE, "..", "..", "dlms_meter"))
import sts_ref
from fieldcases import Wrong, get, short, want

DRN = "01234567897"
KEYS = {"A": "0123456789abcdef", "B": "abababababababab", "C": "fedcba9876543210", "D": "1032547698badcfe", "L": "000102030405060708090a0b0c0d0e0f10111213",
        "M": "13121110a0b0c0d0e0f0a1b2c3d4e5f607182930"}
OTHER_FIRST = re.compile(r"\b(other|second|this) (token|section|one)\b[^.]{0,40}\bfirst\b|other order|reverse order|swap|before this (one|token|section)", re.I)
COUNTED = re.compile(r"none of \d+ combination|\d+ combinations? of", re.I)


def vending(sgc="123456", krn=1, kt=2, key="A", ea="07", dkga="02", base_date="2014"):
    return {"sgc": sgc, "krn": krn, "kt": kt, "dkga": dkga, "ea": ea, "base_date": base_date, "ken": 255, "key": KEYS[key]}


def keys(k, *rows, name="keys.json"):
    return k.file(name, json.dumps({"schema": "wattkey/keys/1", "lab": True, "sta_tables": "iec-sample", "vending_keys": list(rows), "decoder_keys": []}))


def decoder(v, drn=DRN, ti=1):
    return sts_ref.decoder_key(bytes.fromhex(v["key"]), {**v, "iin": "600727", "drn": drn, "ti": ti})


def kct_set(old, new, drn=DRN, ti=1, to_ti=1, ro=0, three=False, old_ti=None):
    """Tokens of the set from vending key `old` to `new`; `three` adds the third token of a 64-bit set, which carries the SGC."""
    now, then = decoder(old, drn, ti), decoder(new, drn, to_ti)
    blocks = sts_ref.key_change_blocks(then, old["ea"], krn=new["krn"], kt=new["kt"], ti=to_ti, ken=new["ken"], sgc=int(new["sgc"]), ro=ro)
    if three:
        w = (then >> 32, then & 0xFFFFFFFF)
        blocks = [sts_ref.block_kct(1, kenho=new["ken"] >> 4, krn=new["krn"], ro=ro, three=1, kt=new["kt"], half=w[0]),
                  sts_ref.block_kct(2, kenlo=new["ken"] & 15, ti=to_ti, half=w[1]), sts_ref.seal(2, 8 << 44 | int(new["sgc"]) << 20)]
    return [sts_ref.to_token(2, sts_ref.encrypt(old["ea"], now, b)) for b in blocks]


def credit(v, when, tenths=50, sub=0, drn=DRN, ti=1, rnd=5, base=None):
    """A credit token; `when` is the time of vending in UTC."""
    tid = sts_ref.tid_of(datetime.datetime.fromisoformat(when), base or v["base_date"])
    block = sts_ref.block_tid(0, sub, rnd, tid & 0xFFFFFF, sts_ref.amount_encode(tenths))
    return sts_ref.to_token(0, sts_ref.encrypt(v["ea"], decoder(v, drn, ti), block))


def meter(k, v, *options, ti=1, drn=DRN):
    """The area's own meter; gives its link. What it holds is in k.state()."""
    m = k.start("sts_meter.py", "--state", k.path("meter.json"), "--drn", drn, "--sgc", v["sgc"], "--krn", v["krn"], "--kt", v["kt"], "--ti", ti,
                "--base-date", v["base_date"], "--key", v["key"], *options)
    return m.link


def sts(v=None, drn=DRN, ti=1, **more):
    """The `sts` part of a readout."""
    out = {"iin": "600727", "drn": drn, "ea": "07", "ken": 255}
    if v:
        out.update(sgc=v["sgc"], krn=v["krn"], kt=v["kt"], ti=ti)
    out.update(more)
    return {n: x for n, x in out.items() if x is not None}


def diagnose(k, case, keyfile=None, now="2026-11-21T08:00:00Z"):
    """One case through `diagnose -`; gives the document."""
    return diagnose_all(k, [case], keyfile, now)[0]


def diagnose_all(k, cases, keyfile=None, now="2026-11-21T08:00:00Z"):
    lines = "".join(json.dumps({"id": n, "now": now, **c}) + "\n" for n, c in enumerate(cases))
    args = ["diagnose", "-"] + (["--keys", keyfile] if keyfile else [])
    r = k.run(*args, input=lines)
    want(r.rc in (0, 1), "exit %d: %s" % (r.rc, short(r.text)))
    out = [json.loads(l) for l in r.out.splitlines() if l.strip()]
    want(len(out) == len(cases), "%d documents for %d cases: %s" % (len(out), len(cases), short(r.text)))
    return out


def words(d):
    """All evidence and remedies of a diagnosis, in one text."""
    return " | ".join(x for c in d.get("causes", []) for x in c.get("evidence", []) + c.get("remedy", []))


def causes(d):
    return [c["cause"] for c in d.get("causes", [])]


def verdict(d, cause, strength=None):
    want(d["verdict"] == cause, "verdict %s (%s), right is %s: %s" % (d["verdict"], d["strength"], cause, short(words(d), 90)))
    if strength:
        want(d["strength"] in strength, "strength %s of %s, right is %s" % (d["strength"], cause, " or ".join(strength)))


def not_sent(k, r, tokens):
    """Stopped for safety: exit 8, and the meter saw no token."""
    got = [t for t, _ in k.state().get("tokens", [])]
    want(not got, "exit %d, and %d of %d tokens were sent: %s" % (r.rc, len(got), len(tokens), short(r.text, 90)))
    want(r.rc == 8, "exit %d instead of 8: %s" % (r.rc, short(r.text)))


def changed(k, r, v, ti=1, sgc=None):
    """The key change took place, and the document says so."""
    s = k.state()
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))
    want((s["krn"], s["ti"], s["key"]) == (v["krn"], ti, "%016x" % decoder(v, ti=ti)), "the meter is not on the new key: %s" % short(json.dumps(s)))
    want(get(r.json, "outcome") == "accepted", "outcome %s" % get(r.json, "outcome"))
    if sgc:
        want(get(r.json, "after", "sts", "sgc") == sgc or get(r.json, "after", "sgc") == sgc or sgc in json.dumps(get(r.json, "after")),
             "the SGC read afterwards is not %s: %s" % (sgc, short(json.dumps(get(r.json, "after")))))


A, B, C = vending(key="A"), vending(krn=2, key="B"), vending(krn=3, key="C")
TOKEN = credit(A, "2026-11-20T09:30")


def commission(k, record, plan, keyfile, link):
    """A signed pack of one record, a plan, and the commissioning of the meter on `link`."""
    k.run("headend", "pack", "--new-key", k.path("depot.key"))
    rows = k.file("records.jsonl", json.dumps(record) + "\n")
    r = k.run("headend", "pack", rows, "-o", k.path("day.pack"), "--key", k.path("depot.key"))
    want(r.rc == 0, "the pack was not made: " + short(r.text))
    p = k.file("plan.toml", 'schema = "wattkey/plan/1"\nname = "roll"\ndescription = "key change only"\nsteps = ["identify", "record", "key-register", "key-change", "status"]\n'
               "[values]\n" + plan)
    return k.run("commission", "--plan", p, "-l", link, "-p", "dlms", "--headend", k.path("day.pack"), "--pack-key", k.path("depot.key.pub"), "--keys", keyfile, "--yes",
                 "--expect-drn", DRN, "--json")


def record(tokens, to, ti=1):
    return {"drn": DRN, "serial": DRN[2:10], "standing": "active", "sgc": to["sgc"], "krn": to["krn"], "kt": 2, "ti": ti, "ea": "07",
            "tokens": [{"kind": "key-change", "tokens": tokens, "from": {"krn": 1}, "to": {"krn": to["krn"]}}]}


def both(k, text, name="reply.txt"):
    """`kct show --file` finds both sections in the text that text(first, second) makes."""
    a, b = kct_set(A, B)
    r = k.run("kct", "show", "--file", k.file(name, text(a, b)), "--drn", DRN, "--sgc", "123456", "--krn", 1, "--kt", 2, "--ti", 1, "--json", "--keys", keys(k, A, B))
    want(r.rc == 0 and [get(r.json, "tokens", n, "token") for n in (0, 1)] == [a, b], "exit %d, not both sections: %s" % (r.rc, short(r.text)))


def grouped(t, sep="-"):
    return sep.join(t[n:n + 4] for n in range(0, 20, 4))


def slip(k, facts, cause, readout=None, **more):
    d = diagnose(k, {"token": TOKEN, "slip": facts, "meter": {"sts": readout or sts(A)}, **more})
    verdict(d, cause, ("strong",))
    return d


def currency(k, asked, right):
    r = k.run("token", "generate", "credit", "--currency", "--drn", DRN, "--sgc", "123456", "--krn", 1, "--kt", 2, "--ti", 1, "--keys", keys(k, A), "--tid", 1000,
              "--json", "-q", "--", asked)
    got = get(r.json, "tokens", 0, "fields", "amount")
    want(got == right, "%s became %s, right is %s" % (asked, got, right))
