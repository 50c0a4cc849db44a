"""The cases of this area; started by run.sh."""
import json, os, re, sys
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "lib")]
from common import *
from fieldcases import case, main

OLD, NEW = vending(sgc="100200", base_date="1993"), vending(sgc="100200", krn=2, key="B")
METER = sts(A)


# key-change sets

@case("set-proven", 20)
def _(k):
    r = k.run("kct", "enter", *kct_set(A, B), "--yes", "--json", "--keys", keys(k, A, B), "-l", meter(k, A), "-p", "dlms")
    changed(k, r, B)
    want(get(r.json, "proof") == "proven", "proof %s; the target's vending key is at hand and makes the key of the halves" % get(r.json, "proof"))


@case("set-unproven", 20)
def _(k):
    r = k.run("kct", "enter", *kct_set(A, B), "--yes", "--json", "--keys", keys(k, A), "-l", meter(k, A), "-p", "dlms")
    changed(k, r, B)
    want(get(r.json, "proof") == "unproven", "proof %s; nothing at hand knows the target key" % get(r.json, "proof"))


@case("halves-of-two-sets", 20)
def _(k):
    mixed = [kct_set(A, B)[0], kct_set(A, B, to_ti=7)[1]]
    r = k.run("kct", "enter", *mixed, "--yes", "--json", "--keys", keys(k, A, B), "-l", meter(k, A), "-p", "dlms")
    not_sent(k, r, mixed)


@case("halves-of-two-sets-shown", 20)
def _(k):
    mixed = [kct_set(A, B)[0], kct_set(A, B, to_ti=7)[1]]
    r = k.run("kct", "show", *mixed, "--drn", DRN, "--sgc", "123456", "--krn", 1, "--kt", 2, "--ti", 1, "--json", "--keys", keys(k, A, B))
    want(r.rc == 1 and get(r.json, "problems"), "exit %d: a set whose halves make no key at hand is shown as good: %s" % (r.rc, short(json.dumps(get(r.json, "problems")))))


@case("record-agrees", 30)
def _(k):
    r = commission(k, record(kct_set(A, B), B), 'sgc = "123456"\nkrn = 2\nkt = 2\nti = 1\n', keys(k, A, B), meter(k, A))
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text[-300:])))
    want(k.state()["krn"] == 2, "the key change did not take place")


@case("record-disagrees-ti", 30)
def _(k):
    # a whole set of one sale, to tariff index 7; the record and the plan say 1, and the target's key is not at hand
    tokens = kct_set(A, B, to_ti=7)
    not_sent(k, commission(k, record(tokens, B), 'sgc = "123456"\nkrn = 2\nkt = 2\nti = 1\n', keys(k, A), meter(k, A)), tokens)


@case("record-halves-of-two-sets", 30)
def _(k):
    tokens = [kct_set(A, B)[0], kct_set(A, C)[1]]
    not_sent(k, commission(k, record(tokens, B), 'sgc = "123456"\nkrn = 2\nkt = 2\nti = 1\n', keys(k, A, B, C), meter(k, A)), tokens)


@case("no-rollover-bit", 20)
def _(k):
    tokens = kct_set(OLD, NEW, ro=0)
    r = k.run("kct", "enter", *tokens, "--yes", "--json", "--keys", keys(k, OLD, NEW), "-l", meter(k, OLD), "-p", "dlms")
    not_sent(k, r, tokens)


@case("no-rollover-bit-shown", 20)
def _(k):
    r = k.run("kct", "show", *kct_set(OLD, NEW, ro=0), "--drn", DRN, "--sgc", "100200", "--krn", 1, "--kt", 2, "--ti", 1, "--json", "--keys", keys(k, OLD, NEW))
    problems = json.dumps(get(r.json, "problems"))
    want(re.search("roll-?over", problems, re.I), "the missing roll-over bit is no problem: " + problems)


@case("no-rollover-bit-accepted", 20)
def _(k):
    r = k.run("kct", "enter", *kct_set(OLD, NEW, ro=0), "--yes", "--json", "--accept-no-rollover", "--keys", keys(k, OLD, NEW), "-l", meter(k, OLD), "-p", "dlms")
    changed(k, r, NEW)


@case("rollover-bit-set", 20)
def _(k):
    changed(k, k.run("kct", "enter", *kct_set(OLD, NEW, ro=1), "--yes", "--json", "--keys", keys(k, OLD, NEW), "-l", meter(k, OLD), "-p", "dlms"), NEW)


@case("three-decode", 10)
def _(k):
    t = kct_set(A, B, three=True)[2]
    r = k.run("token", "decode", t, "--drn", DRN, "--sgc", "123456", "--krn", 1, "--kt", 2, "--ti", 1, "--json", "--keys", keys(k, A))
    want(get(r.json, "fields", "sgc") == "123456", "fields %s, the token carries SGC 123456" % short(json.dumps(get(r.json, "fields"))))


@case("three-show", 10)
def _(k):
    r = k.run("kct", "show", *kct_set(A, B, three=True), "--drn", DRN, "--sgc", "123456", "--krn", 1, "--kt", 2, "--ti", 1, "--json", "--keys", keys(k, A, B))
    want(r.rc == 0 and get(r.json, "complete") is True, "exit %d: %s" % (r.rc, short(json.dumps(get(r.json, "problems")))))
    want(get(r.json, "to", "sgc") == "123456", "the set leads to SGC %s, it carries 123456" % get(r.json, "to", "sgc"))


@case("three-enter", 20)
def _(k):
    r = k.run("kct", "enter", *kct_set(A, B, three=True), "--yes", "--json", "--keys", keys(k, A, B), "-l", meter(k, A, "--sections", 3), "-p", "dlms")
    changed(k, r, B, sgc="123456")


@case("three-one-missing", 20)
def _(k):
    tokens = kct_set(A, B, three=True)[:2]
    r = k.run("kct", "enter", *tokens, "--yes", "--json", "--keys", keys(k, A, B), "-l", meter(k, A, "--sections", 3), "-p", "dlms")
    not_sent(k, r, tokens)


@case("strict-order-swapped", 20)
def _(k):
    first, second = kct_set(A, B)
    r = k.run("kct", "enter", second, first, "--yes", "--json", "--expect-drn", DRN, "-l", meter(k, A, "--strict"), "-p", "dlms")
    if r.rc == 0:
        return changed(k, r, B)  # it tried the other order itself
    want(r.rc in (1, 8), "exit %d: %s" % (r.rc, short(r.text)))
    want(OTHER_FIRST.search(r.text), "no word that the other section goes first: " + short(r.text[-300:], 200))


@case("reply-json-grouped", 10)
def _(k):
    both(k, lambda a, b: json.dumps({"status": "success", "token": grouped(TOKEN), "kct1": a, "kct2": grouped(b, " "), "units": 20.0}), "reply.json")


@case("reply-sms", 10)
def _(k):
    both(k, lambda a, b: "Dear customer, KCT1: %s KCT2: %s Token: %s" % (grouped(a), grouped(b), grouped(TOKEN)))


@case("reply-lines", 10)
def _(k):
    both(k, lambda a, b: "%s\n%s\n" % (grouped(a), grouped(b)))


# diagnosis

@case("aged-slip-after-rollover", 20)
def _(k):
    f = keys(k, A, B, C, OLD, NEW, vending(sgc="654321", key="D"), vending(kt=1, key="D"), vending(sgc="123457", key="L", dkga="04"))
    for now in ("2025-10-31T00:00:00Z", "2025-12-20T00:00:00Z", "2026-11-21T08:00:00Z"):
        d = diagnose(k, {"token": credit(OLD, "2024-10-30T10:00"), "meter": {"sts": sts(NEW, base_date="2014")}, "result": "crc-error"}, f, now)
        want("tid-rollover" in causes(d), "at %s no word of tid-rollover: %s %s" % (now[:10], d["verdict"], causes(d)))
        want(not COUNTED.search(words(d)), "at %s: %s" % (now[:10], short(words(d))))


@case("base-date-of-the-only-key", 20)
def _(k):
    # the readout names no base date; the one vending key that fits it does
    d = diagnose(k, {"token": credit(OLD, "2024-11-02T10:00"), "meter": {"sts": sts(NEW)}, "result": "crc-error"}, keys(k, OLD, NEW), "2025-01-15T08:00:00Z")
    verdict(d, "tid-rollover")


@case("no-keys-no-count", 20)
def _(k):
    for c in ({"token": TOKEN}, {"token": TOKEN, "meter": {"sts": METER}}, {"token": TOKEN, "meter": {"sts": METER}, "result": "crc-error"}):
        d = diagnose(k, c)
        want(not COUNTED.search(words(d)), "no key at hand, and yet: " + short(words(d)))


@case("keys-count-what-was-tried", 20)
def _(k):
    d = diagnose(k, {"token": credit(C, "2026-11-20T09:30"), "meter": {"sts": METER}, "result": "crc-error"}, keys(k, A))
    verdict(d, "undetermined")


@case("display-error-30", 10)
def _(k):
    d = diagnose(k, {"token": TOKEN, "display": {"vendor": "Generic (Nigeria)", "text": "Error 30"}})
    want(re.search("link|reach", words(d), re.I), "the display is left out, though it is known (no link between keypad and meter): " + short(words(d), 120))


@case("display-all-records", 60)
def _(k):
    rows = json.load(open(os.path.join(ROOT, "data", "displays.json")))["displays"]
    found = diagnose_all(k, [{"token": TOKEN, "display": {"vendor": r["vendor"], "text": r["display"]}} for r in rows])
    lost = [r for r, d in zip(rows, found) if re.sub(r"\s+", " ", r["display"]).lower() not in re.sub(r"\s+", " ", words(d)).lower() or re.search("not known|unknown text", words(d), re.I)]
    want(not lost, "%d of %d displays of the knowledge base are not in the evidence, such as %s %r" % (len(lost), len(rows), lost[0]["vendor"] if lost else "", lost[0]["display"] if lost else ""))


@case("display-without-vendor", 10)
def _(k):
    d = diagnose(k, {"token": TOKEN, "display": {"text": "10"}})
    want({"token-used", "not-ready"} <= set(causes(d)), "without a maker 10 is `used` (decimal) or `not ready` (hexadecimal); causes %s" % causes(d))
    want(d["strength"] == "possible", "strength %s, and the maker is not known" % d["strength"])


@case("display-without-vendor-option", 10)
def _(k):
    r = k.run("diagnose", TOKEN, "--display", "Error 30", "--json")
    want(r.rc in (0, 1), "exit %d: %s" % (r.rc, short(r.text)))


@case("display-unknown", 10)
def _(k):
    d = diagnose(k, {"token": TOKEN, "display": {"vendor": "Conlog", "text": "QxZ 77"}})
    want(re.search("not known|unknown", words(d), re.I) and "QxZ 77" in words(d), "nothing says that the display is not known: " + short(words(d), 120))


@case("key-type-1-takes-no-credit", 10)
def _(k):
    v = vending(sgc="999962", kt=1)
    d = diagnose(k, {"token": TOKEN, "meter": {"sts": sts(v)}})
    verdict(d, "default-key")


@case("gas-token-kwh-meter", 10)
def _(k):
    d = diagnose(k, {"token": credit(A, "2026-11-20T09:30", sub=2), "meter": {"sts": METER, "credit": {"available": 1.0, "unit": "kWh"}}}, keys(k, A))
    want(d["verdict"] != "no-fault", "a gas token for a kWh meter is no-fault (%s)" % d["strength"])
    verdict(d, "commodity-mismatch", ("certain", "strong"))


@case("kwh-token-kwh-meter", 10)
def _(k):
    verdict(diagnose(k, {"token": TOKEN, "meter": {"sts": METER, "credit": {"available": 1.0, "unit": "kWh"}}}, keys(k, A)), "no-fault")


@case("slip-krn", 10)
def _(k):
    slip(k, {"krn": 2}, "krn-mismatch", result="crc-error")


@case("slip-sgc", 10)
def _(k):
    slip(k, {"sgc": "123457", "krn": 1}, "sgc-mismatch")


@case("slip-ti", 10)
def _(k):
    slip(k, {"sgc": "123456", "ti": 3}, "ti-mismatch")


@case("slip-sgc-and-ti", 10)
def _(k):
    d = slip(k, {"sgc": "654321", "ti": 4}, "sgc-mismatch")
    want("TI" in words(d), "the second difference (TI) is not named: " + short(words(d)))


@case("slip-agrees", 10)
def _(k):
    d = diagnose(k, {"token": TOKEN, "slip": {"sgc": "123456", "krn": 1, "ti": 1, "drn": DRN}, "meter": {"sts": METER}, "result": "crc-error"})
    want(d["strength"] == "possible", "%s is %s, and slip and readout agree" % (d["verdict"], d["strength"]))


@case("slip-options", 10)
def _(k):
    f = k.file("status.json", json.dumps({"schema": "wattkey/status/1", "sts": METER}))
    r = k.run("diagnose", TOKEN, "--meter", f, "--slip-sgc", "123456", "--slip-krn", 2, "--json")
    want(r.rc in (0, 1), "exit %d: %s" % (r.rc, short(r.text)))
    verdict(r.json, "krn-mismatch", ("strong",))


# single tokens

@case("class-1-proprietary", 10)
def _(k):
    # subclass 6: maker code in the low 16 bits; 12: in the low 8 bits, as subclass 0 and 1 have them
    t = sts_ref.to_token(1, sts_ref.seal(1, 6 << 44 | 0x5A << 16 | 1234))
    f = get(k.run("token", "decode", t, "--json").json, "fields") or {}
    want(f.get("manufacturer_code") == 1234 and f.get("control") == "000005a", "subclass 6: fields %s" % json.dumps(f))


@case("class-1-proprietary-8-bit", 10)
def _(k):
    t = sts_ref.to_token(1, sts_ref.seal(1, 12 << 44 | 0x1F2 << 8 | 45))
    f = get(k.run("token", "decode", t, "--json").json, "fields") or {}
    want(f.get("manufacturer_code") == 45 and f.get("control") == "0000001f2", "subclass 12: fields %s" % json.dumps(f))


@case("currency-positive", 10)
def _(k):
    currency(k, "0.16385", "0.16394")


@case("currency-negative", 10)
def _(k):
    currency(k, "-0.16385", "-0.16384")


# ten calls

CALLS = [
    ("after #078# it shows 10", {"display": {"vendor": "Conlog", "text": "10"}}, "token-used", None),
    ("register FFFE shows 10", {"display": {"vendor": "Meter with virtual-carrier result register (MQTT gateway app)", "text": "10"}}, "not-ready", None),
    ("a new meter refuses everything, KT reads 1", {"meter": {"sts": sts(vending(sgc="999962", kt=1))}}, "default-key", None),
    ("I entered the second code first and it shows PLS_1St", {"display": {"vendor": "CLOU", "text": "PLS_1St"}}, "key-change-incomplete", None),
    ("the slip says KRN 2, the test token says 1", {"slip": {"krn": 2}, "meter": {"sts": {"krn": 1}}}, "krn-mismatch", None),
    ("the slip has another supply group than the meter", {"slip": {"sgc": "600675"}, "meter": {"sts": {"drn": DRN, "sgc": "600674"}}}, "sgc-mismatch", None),
    ("the KRN test number from the newspaper does not work", {"token": "1844674407384377241"}, "not-a-token", None),
    ("a gas top-up code of 20 digits in the STS keypad", {"token": "73947252416745201637"}, "not-a-token", "utrn"),
    ("split meter, Loc Out", {"display": {"vendor": "Itron / Actaris", "text": "Loc Out"}}, "undetermined", "trip|load"),
    ("DDDDD on an ACE9000", {"display": {"vendor": "Itron / Actaris", "text": "DDDDD"}}, "default-key", None),
]


@case("ten-calls", 30)
def _(k):
    wrong = []
    for (call, c, right, said), d in zip(CALLS, diagnose_all(k, [{"token": TOKEN, **c} for _, c, _, _ in CALLS], keyfile=None)):
        if d["verdict"] != right:
            wrong.append("%s: %s, right is %s" % (call, d["verdict"], right))
        elif said and not re.search(said, words(d), re.I):
            wrong.append("%s: says nothing of %s" % (call, said))
    want(not wrong, "%d of 10 answered wrong; %s" % (len(wrong), "; ".join(wrong)))


sys.exit(main([HERE]))
