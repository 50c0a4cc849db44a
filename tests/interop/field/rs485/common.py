"""What the cases of this area check in common."""
import json, re
from fieldcases import Wrong, get, near, short, want


def modbus(k, map_, *options, query=""):
    """A Modbus meter; options with `=` and no dash are arguments of its map."""
    m = k.start("modbus_meter.py", map_, *[o for o in options if isinstance(o, str) and "=" in o and not o.startswith("-")],
                *[o for o in options if not (isinstance(o, str) and "=" in o and not o.startswith("-"))], "--state", k.path("meter.json"))
    return ["-l", m.link + query]


def dlt(k, *options):
    return ["-l", k.start("dlt645_meter.py", "--state", k.path("meter.json"), *options).link, "-p", "dlt645"]


def register(place, name, number, type_, unit="", more="", function=3):
    return "[modbus.%s.%s]\nfunction = %d\nregister = %d\ntype = \"%s\"\n%s%s\n" % (place, name, function, number, type_, "unit = \"%s\"\n" % unit if unit else "", more)


def profile(k, *registers, head=""):
    return k.file("own.toml", 'name = "own"\ndescription = "A profile of the user"\nprotocol = "modbus"\n[line]\nbaud = 9600\nframe = "8n1"\n[modbus]\n' + head + "\n"
                  + "".join(registers) + '[sources]\n"line" = "manual"\n"modbus" = "manual"\n')


def numbers_right(r, registers, start=1000):
    """Of `read holding:N …`: every value shown is its register's; a run without all values must not be exit 0."""
    shown = dict(re.findall(r"^\s*holding:(\d+)\s+(-?\d+)", r.out, re.M))
    for n, v in shown.items():
        want(int(v) == start + int(n), "register %s shown as %s, it holds %d" % (n, v, start + int(n)))
    want(r.rc != 0 or len(shown) == len(registers), "exit 0 with %d of %d values: %s" % (len(shown), len(registers), short(r.text)))


def phases_right(document, volts, amps=None):
    for n, p in enumerate(get(document, "supply", "phases") or []):
        i = int(p["phase"][1:]) - 1
        if "voltage_v" in p:
            want(near(p["voltage_v"], volts[i], 0.06), "%s shown as %s V, it is %s V" % (p["phase"], p["voltage_v"], volts[i]))
        if amps and "current_a" in p:
            want(near(p["current_a"], amps[i], 0.01), "%s shown as %s A, it is %s A" % (p["phase"], p["current_a"], amps[i]))


def dtsu_right(r, kwh=222.2, export=0.025, hz=50.0, volts=(231.1, 230.7, 231.5), amps=(2.14, 1.98, 2.05)):
    """Of a status of the DTSU666: what is shown is true; what could not be read is absent."""
    if r.rc != 0:
        want(r.rc in (4, 5), "exit %d: %s" % (r.rc, short(r.text)))
        return
    d = r.json
    for path, true in ((("energy", "import_kwh"), kwh), (("energy", "export_kwh"), export), (("supply", "frequency_hz"), hz)):
        v = get(d, *path)
        want(v is None or near(v, true, 0.01), "%s shown as %s, it is %s" % (path[-1], v, true))
    phases_right(d, volts, amps)
    for p in get(d, "problems") or []:
        want("out of range" not in str(p), "a value of another register came up as out of range: " + short(str(p)))


def records(r):
    out = []
    for l in r.out.splitlines():
        if l.strip().startswith("{"):
            out.append(json.loads(l))
    return out


def volts_seen(record):
    """All (phase, voltage) pairs anywhere in a record."""
    found = []

    def walk(x):
        if isinstance(x, dict):
            if "phase" in x and "voltage_v" in x:
                found.append((x["phase"], x["voltage_v"]))
            for k, v in x.items():
                m = re.fullmatch(r"voltage_l([123])_v|voltage_l([123])", k)
                if m and isinstance(v, (int, float)):
                    found.append(("L" + (m.group(1) or m.group(2)), v))
                walk(v)
        elif isinstance(x, list):
            for v in x:
                walk(v)
    walk(record)
    return found


def whole_or_error(r, data):
    if r.rc != 0:
        want(r.rc in (4, 5), "exit %d: %s" % (r.rc, short(r.text)))
        return
    shown = re.sub(r"[^0-9a-f]", "", r.out.lower())
    want(data.hex() in shown or data[::-1].hex() in shown, "exit 0, but the item is not whole: %d octets on the line" % len(data))


def credit_right(r, credit, sgc=None):
    want(r.rc == 0, "exit %d: %s" % (r.rc, short(r.text)))
    want(near(get(r.json, "credit", "available"), credit), "credit %s, the meter has %s kWh" % (get(r.json, "credit"), credit))
    if sgc:
        want(get(r.json, "sts", "sgc") == sgc, "SGC %s, the meter has %s" % (get(r.json, "sts", "sgc"), sgc))


def not_another(r):
    """A three-phase SDM630 must not come out as one of its single-phase relatives."""
    wrong = re.search(r"sdm(120|230)", r.out, re.I) or re.search(r"read by the profile eastron-sdm(120|230)", r.err, re.I)
    want(not wrong, "a three-phase meter is taken for a single-phase one: " + short(r.text))
