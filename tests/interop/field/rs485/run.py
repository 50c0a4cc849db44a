"""The cases of this area; started by run.sh."""
import os, sys
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "lib")]
from common import *
from fieldcases import case, main

CHINT = ("--profile", "chint-dtsu666", "--address", "8")
GENERIC = ("-p", "modbus", "--profile", "generic-modbus")


# late answers

@case("late-status-700", 40)
def _(k):
    dtsu_right(k.run("status", "--json", *CHINT, "--timeout", "500ms", *modbus(k, "dtsu666", "--latency", 0.7)))


@case("late-read-700", 40)
def _(k):
    r = k.run("read", *["holding:%d" % n for n in (0, 10, 20, 30)], *GENERIC, "--address", 1, "--timeout", "500ms", *modbus(k, "ramp", "--latency", 0.7))
    numbers_right(r, (0, 10, 20, 30))


@case("late-read-no-retries", 40)
def _(k):
    r = k.run("read", *["holding:%d" % n for n in (0, 10, 20, 30)], *GENERIC, "--address", 1, "--timeout", "500ms", "--retries", 0, *modbus(k, "ramp", "--latency", 0.8))
    numbers_right(r, (0, 10, 20, 30))


@case("late-every-third", 40)
def _(k):
    r = k.run("read", *["holding:%d" % n for n in range(0, 80, 10)], *GENERIC, "--address", 1, "--timeout", "400ms", "--retries", 2,
              *modbus(k, "ramp", "--latency", 0.05, "--late-every", 3, "--late", 0.6))
    numbers_right(r, range(0, 80, 10))


@case("late-monitor", 40)
def _(k):
    own = profile(k, register("registers", "voltage-l1", 0, "u16", "V"), register("registers", "voltage-l2", 50, "u16", "V"), register("registers", "voltage-l3", 100, "u16", "V"), head="unit = 1\nbridge = 0\n")
    r = k.run("monitor", "--profile", own, "--interval", "1s", "--count", 4, "--format", "jsonl", "--timeout", "500ms", *modbus(k, "ramp", "--latency", 0.7))
    for x in records(r):
        for phase, v in volts_seen(x):
            want(v == {"L1": 1000, "L2": 1050, "L3": 1100}[phase], "%s shown as %s V" % (phase, v))


@case("late-in-time", 40)
def _(k):
    r = k.run("status", "--json", *CHINT, "--timeout", "2s", *modbus(k, "dtsu666", "--latency", 0.3))
    dtsu_right(r)
    want(near(get(r.json, "energy", "import_kwh"), 222.2), "no energy: " + short(r.text))


# values that are none

LIMITS = "minimum = -100000\nmaximum = 100000\n"


def absent_profile(k, key):
    a32, i32, i16 = ("absent = [0xFFFFFFFF]\n", "absent = [0x7FFFFFFF]\n", "absent = [0x7FFF]\n") if key else ("minimum = 0\nmaximum = 400\n", LIMITS, "minimum = -1\nmaximum = 1\n")
    rows = [register("registers", "energy-import", 0x5000, "u64", "kWh", "scale = 0.01\n"),
            register("registers", "energy-export", 0x5008, "i64", "kWh", "scale = 0.01\n" + ("absent = [0x7FFFFFFFFFFFFFFF]\n" if key else "minimum = 0\nmaximum = 1e9\n"))]
    for n in (1, 2, 3):
        rows.append(register("registers", "voltage-l%d" % n, 0x5B00 + 2 * n - 2, "u32", "V", "scale = 0.1\n" + a32))
        rows.append(register("registers", "current-l%d" % n, 0x5B0C + 2 * n - 2, "u32", "A", "scale = 0.01\n" + a32))
        rows.append(register("registers", "power-l%d" % n, 0x5B16 + 2 * n - 2, "i32", "W", "scale = 0.01\n" + i32))
    rows += [register("registers", "power", 0x5B14, "i32", "W", "scale = 0.01\n" + i32), register("registers", "power-factor", 0x5B3A, "i16", "", "scale = 0.001\n" + i16),
             register("registers", "power-factor-l1", 0x5B3B, "i16", "", "scale = 0.001\n" + i16), register("registers", "frequency", 0x5B2C, "u16", "Hz", "scale = 0.01\n")]
    return profile(k, *rows, head="unit = 1\nlongest_read = 125\nbridge = 0\n")


def none_shown(r):
    for x in ("4294967", "42949672", "21474836", "9223372036", "92233720368", "32.767", "32.77"):
        want(x not in r.out, "%s is shown as a value: %s" % (x, short(r.out[max(0, r.out.find(x) - 60):])))


@case("absent-key", 20)
def _(k):
    r = k.run("status", "--json", "--profile", absent_profile(k, True), *modbus(k, "absent"))
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))
    none_shown(r)
    phases_right(r.json, (230.1, 229.8, None))
    want(near(get(r.json, "energy", "import_kwh"), 12345.67) and near(get(r.json, "supply", "active_power_w"), -613), "values that are there are missing")


@case("absent-by-limits", 20)
def _(k):
    r = k.run("status", "--json", "--profile", absent_profile(k, False), *modbus(k, "absent"))
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))
    d = r.json
    phases_right(d, (230.1, 229.8, None))
    want(len([p for p in d["supply"]["phases"] if "voltage_v" in p]) == 2, "a voltage out of its limits is shown as a value")
    want(near(get(d, "energy", "import_kwh"), 12345.67) and "export_kwh" not in d["energy"], "energy " + str(d["energy"]))


@case("absent-monitor", 30)
def _(k):
    r = k.run("monitor", "--profile", absent_profile(k, True), "--interval", "1s", "--count", 2, "--format", "jsonl", *modbus(k, "absent"))
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))
    none_shown(r)
    want(records(r), "no records")


@case("minus-sign-kept", 20)
def _(k):
    own = profile(k, register("registers", "voltage-l1", 0x5B00, "u32", "V", "scale = 0.1\n"), register("registers", "power-l1", 0x5B16, "i32", "W", "scale = 0.01\nminimum = 0\nmaximum = 100000\n"), head="unit = 1\nbridge = 0\n")
    r = k.run("status", "--profile", own, *modbus(k, "absent"))
    want("-286" in r.text, "the problem names the value without its sign: " + short("".join(l for l in r.text.splitlines() if "286" in l)))


# transformers

@case("ct-ratio-in-meter", 20)
def _(k):
    r = k.run("status", "--json", *CHINT, *modbus(k, "dtsu666", "ct=40"))
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))
    a = get(r.json, "supply", "phases", 0, "current_a")
    import re
    want(near(a, 85.6, 0.05) or near(a, 2.14) and re.search(r"ratio|transformer|secondary", r.text, re.I), "%s A with a transformer of 40, and no word of it" % a)


@case("ct-ratio-one", 20)
def _(k):
    r = k.run("status", "--json", *CHINT, *modbus(k, "dtsu666"))
    dtsu_right(r)
    want(r.rc == 0 and near(get(r.json, "supply", "phases", 0, "current_a"), 2.14), "exit %d: %s" % (r.rc, short(r.text)))


@case("scale-by", 20)
def _(k):
    own = profile(k, register("registers", "voltage-l1", 0x2006, "f32", "V", "scale = 0.1\n"), register("registers", "current-l1", 0x200C, "f32", "A", 'scale = 0.001\nscale_by = "ct"\n'),
                  register("named", "ct", 6, "u16"), head="unit = 8\nbridge = 0\n")
    r = k.run("status", "--json", "--profile", own, *modbus(k, "dtsu666", "ct=30"))
    want(r.rc == 0 and near(get(r.json, "supply", "phases", 0, "current_a"), 64.2, 0.05), "exit %d, %s A instead of 64.2 A" % (r.rc, get(r.json, "supply", "phases", 0, "current_a")))


# models

@case("sdm630-two-dead-phases", 30)
def _(k):
    r = k.run("status", "--json", "-p", "modbus", "--address", 3, *modbus(k, "sdm630", "volts=(230.4,0,0)", "amps=(1.5,0,0)"))
    not_another(r)
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))


@case("sdm630-three-phases", 30)
def _(k):
    r = k.run("status", "--json", "-p", "modbus", "--address", 3, *modbus(k, "sdm630"))
    want(r.rc == 0 and get(r.json, "meter", "model") == "SDM630", "model %s" % get(r.json, "meter", "model"))
    phases_right(r.json, (230.4, 229.8, 231.2), (1.5, 2.5, 3.5))


# Modbus TCP, gateways, addresses

@case("mbap-option", 20)
def _(k):
    r = k.run("status", "--json", "--profile", "eastron-sdm630", "--address", 3, "--timeout", "2s", *modbus(k, "sdm630", "--mbap", query="?framing=mbap"))
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))
    phases_right(r.json, (230.4, 229.8, 231.2), (1.5, 2.5, 3.5))


@case("mbap-named-in-error", 20)
def _(k):
    r = k.run("status", "-p", "modbus", "--address", 3, "--timeout", "1s", "--retries", 0, *modbus(k, "sdm630", "--mbap"))
    want(r.rc == 0 or "Modbus TCP" in r.text or "mbap" in r.text, "exit %d without a word of Modbus TCP: %s" % (r.rc, short(r.text)))


@case("scan-gateway-300-ms", 60)
def _(k):
    r = k.run("scan", "-p", "modbus", "--unit", "1-4", *modbus(k, "sdm630", "--latency", 0.3))
    want(r.rc == 0 and "--address 3" in r.out, "unit 3 not found (exit %d): %s" % (r.rc, short(r.out)))


@case("scan-direct", 60)
def _(k):
    r = k.run("scan", "-p", "modbus", "--unit", "1-4", *modbus(k, "sdm630"))
    want(r.rc == 0 and "--address 3" in r.out, "unit 3 not found (exit %d): %s" % (r.rc, short(r.out)))


@case("pzem-general-address", 20)
def _(k):
    link = modbus(k, "pzem", "units=(7,)", "general=True")
    for address in ("248", "0xF8"):
        r = k.run("read", "input:0", *GENERIC, "--address", address, "--timeout", "1s", *link)
        if r.rc == 0 and "2304" in r.out:
            return
    raise Wrong("exit %d: %s" % (r.rc, short(r.text)))


# DL/T 645

def numbers(n):
    return b"".join(bytes.fromhex("%08d" % i)[::-1] for i in range(1, n + 1))


def long_item(k, n=60):
    return ["--items", k.file("items.json", json.dumps({"00FE0000": numbers(n).hex()}))]


@case("following-whole", 20)
def _(k):
    whole_or_error(k.run("read", "00FE0000", *dlt(k, *long_item(k), "--chunk", 60)), numbers(60))


@case("following-lost-pointer-moves", 25)
def _(k):
    whole_or_error(k.run("read", "00FE0000", "--timeout", "500ms", *dlt(k, *long_item(k), "--chunk", 60, "--advance", "--lose-following", 2)), numbers(60))


@case("following-lost-same-block", 25)
def _(k):
    r = k.run("read", "00FE0000", "--timeout", "500ms", *dlt(k, *long_item(k), "--chunk", 60, "--lose-following", 2))
    whole_or_error(r, numbers(60))
    want(r.rc == 0, "a repeated request that the meter answers rightly ended in an error: " + short(r.text))


def password(k, digits="02123456"):
    return k.file("c.toml", '[dlt645]\npassword = "%s"\noperator = "00000001"\n' % digits)


@case("password-low-octet-first", 25)
def _(k):
    r = k.run("relay", "disconnect", "--yes", "--credentials", password(k), *dlt(k, "--password", "02123456"))
    sent = [c["data"][:8] for c in k.state()["control"]]
    want(sent and sent[0] == "02563412", "level and password went out as %s, not 02563412 (exit %d)" % (sent, r.rc))
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))


@case("password-symmetric", 25)
def _(k):
    r = k.run("relay", "disconnect", "--yes", "--credentials", password(k, "02111111"), *dlt(k, "--password", "02111111"))
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))


sys.exit(main([HERE, os.path.join(HERE, "..", "lib")]))
