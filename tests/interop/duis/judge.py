"""The parts of the suite, each by its word: `build` builds requests with wattkey into WORK, `schema` lets the schema check
of duis-sign-wrap's jar judge them, `templates` decodes and checks every sample message of duis-templates."""

import glob
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

WATTKEY = os.environ["WATTKEY_BIN"]
PACKAGES = os.environ["PACKAGES"]
WORK = os.environ["WORK"]
JAR = f"{PACKAGES}/@smartdcc/duis-sign-wrap/dist/tool.jar"
SIGN = "uk.co.smartdcc.boxed.xmldsig.Sign"
SCHEMA_REFUSED = 10
#: One of so many requests beyond the commissioning set is shown to the jar, unless all are asked for.
STRIDE = 1 if os.environ.get("WATTKEY_INTEROP_LONG") == "1" else 8

HEAD = ["--originator", "90-B3-D5-1F-30-01-00-00", "--target", "00-DB-12-34-56-78-90-A2", "--counter", "1002"]
DEVICE = "DeviceID=00-DB-12-34-56-78-90-A0"
PERIOD = ["StartDateTime=2026-11-01T00:00:00Z", "EndDateTime=2026-11-21T00:00:00Z"]
HUB = [DEVICE, "CHFInstallType=New CHF Install", "MPxN=1312345678907", "AerialInstall=false", "CHFLocation=Outside Premises"]

# What an installer sends, with values as on site.
COMMISSIONING = [
    ("12.1", ["PostCode=AB1 2CD", "AddressIdentifier=7"]),
    ("12.1", ["UPRN=123456789012"]),
    ("12.2", [DEVICE, "DeviceManufacturer=AB01", "DeviceModel=010A030B", "DeviceType=ESME", "ESMEVariant=AD"]),
    ("8.2", ["MPxN=1312345678907"]),
    ("8.2", [DEVICE]),
    ("8.3", [DEVICE]),
    ("8.4", [DEVICE, "UpdateDeviceStatusExceptCH=InstalledNotCommissioned"]),
    ("8.4", [DEVICE, "DeleteDevice"]),
    ("8.4", [DEVICE, "UpdateMPxN.ImportMPxN=1312345678907"]),
    ("8.11", [DEVICE, "RequestType=Add", "JoinTimePeriod=3600", "InstallCode=30313233343536373839414243444546", "ImportMPxN=1312345678907"]),
    ("8.11", [DEVICE, "RequestType=Remove"]),
    ("8.14.1", HUB),
    ("8.14.2", HUB + ["PremiseType=Terraced", "MetalObstructionCheck=true", "ConnectivityObstructionCheck=false", "SharedObstructionCheck=false"]),
    ("8.14.3", [DEVICE, "CHFFaultReturnType=Fault identified post installation", "OtherDeviceID=00-DB-12-34-56-78-90-A1", "CHFConnectionMethod=Hot-shoe", "CHFFaultReason=SM WAN Fault"]),
    ("8.14.4", [DEVICE, "CHFNoFaultReturnType=Lost or Stolen Hub"]),
    ("8.1.1", ["CurrentDateTime=2026-11-21T10:00:00Z", "TolerancePeriod=10"]),
    ("8.7.1", ["OtherDeviceID=00-DB-12-34-56-78-90-A1"]),
    ("8.7.2", ["OtherDeviceID=00-DB-12-34-56-78-90-A1"]),
    ("8.9", []),
    ("8.9", ["ReadSecurityDetails"]),
    ("8.13", ["DeviceGBCSResponse=3QAAAAAAAEUR"]),
    ("6.20.1", ["ImportMPAN=1312345678907"]),
    ("6.20.1", ["ImportMPRN=3938424403"]),
    ("6.20.2", ["ExportMPAN=1312345678907"]),
    ("6.13", PERIOD + ["LogToRead=Security"]),
    ("7.4", []),
    ("11.2", []),
    ("2.2", ["UTRN=73947252416745201637"]),
    ("2.5", []),
]


def run(*arguments):
    return subprocess.run([WATTKEY, *arguments], capture_output=True, text=True, check=False)


def schema(path):
    judged = subprocess.run(["java", "-cp", JAR, SIGN, path], capture_output=True, text=True, check=False)
    words = judged.stderr.strip().splitlines()
    return judged.returncode, words[-1] if words else ""


def built():
    """Files with requests: the commissioning set, and a skeleton of every other request with a table of fields."""
    files = []
    for number, (srv, fields) in enumerate(COMMISSIONING):
        path = f"{WORK}/{srv}_{number}.xml"
        made = run("smets", "request", "build", srv, *HEAD, "-o", path, *fields)
        if made.returncode != 0:
            sys.exit(f"{srv} {fields}: {made.stderr}")
        checked = run("smets", "request", "check", path)
        if checked.returncode != 0:
            sys.exit(f"{srv}: {checked.stdout}")
        files.append(path)
    listed = json.loads(run("smets", "requests", "list", "--json").stdout)["requests"]
    outlined = []
    for request in listed:
        srv = request["srv"]
        shown = json.loads(run("smets", "requests", "show", srv, "--json").stdout)
        if "outline" in shown:
            outlined.append(srv)
            continue
        path = f"{WORK}/{srv}_skeleton.xml"
        made = run("smets", "request", "build", srv, "--skeleton", *HEAD, "-o", path)
        if made.returncode != 0:
            sys.exit(f"{srv}: {made.stderr}")
        files.append(path)
        # One critical and one other request under every command variant; the rest differ in nothing but the body.
        for variant in request["command_variants"] if srv in ("1.7", "4.18") else []:
            fields = ["GBCSPayload=3QAAAAAAAEUR"] if variant > 4 and variant != 8 else ["--skeleton"]
            path = f"{WORK}/{srv}_variant{variant}.xml"
            run("smets", "request", "build", srv, *fields, "--command-variant", str(variant), *HEAD, "-o", path)
            files.append(path)
    print(f"built {len(files)} requests; bodies given as a file only: {' '.join(outlined)}")
    return bool(files)


def judge():
    built_files = sorted(glob.glob(f"{WORK}/*.xml"))
    others = [path for path in built_files if path.endswith("_skeleton.xml") or "_variant" in path]
    files = [path for path in built_files if path not in others] + others[::STRIDE]
    print(f"{len(files)} of {len(built_files)} requests are judged")
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        verdicts = list(zip(files, pool.map(schema, files)))
    wrong = [(path, code, words) for path, (code, words) in verdicts if code != 0]
    print(f"schema check of the jar: {len(files) - len(wrong)} accepted, {len(wrong)} not")
    for path, code, words in wrong:
        print(f"  {os.path.basename(path)}: {code} {words}")
    refused, _ = schema_of_a_wrong_one()
    if refused != SCHEMA_REFUSED:
        sys.exit("the schema check accepts a join time of 3601 s, so it proves nothing")
    held = bool(files) and not wrong
    print("jar: all held" if held else "jar: not all held")
    return held


def schema_of_a_wrong_one():
    good = next(path for path in glob.glob(f"{WORK}/8.11_*.xml"))
    text = open(good, encoding="utf-8").read()
    path = f"{WORK}/wrong.txt"
    open(path, "w", encoding="utf-8").write(text.replace("<sr:JoinTimePeriod>3600<", "<sr:JoinTimePeriod>3601<").replace("<sr:JoinTimePeriod>1<", "<sr:JoinTimePeriod>3601<").replace("<sr:RequestType>Remove<", "<sr:RequestType>Destroy<"))
    return schema(path)


def templates():
    """Samples are all requests; what is wrong with some of them is a placeholder for a meter point number."""
    files = sorted(path for path in glob.glob(f"{PACKAGES}/@smartdcc/duis-templates/templates/*") if path.upper().endswith(".XML"))
    decoded = run("smets", "decode", *files).stdout.splitlines()
    odd = [line for line in map(json.loads, decoded) if line["kind"] != "request" or "problems" in line]
    checked = run("smets", "request", "check", "--format", "jsonl", *files).stdout.splitlines()
    reports = [json.loads(line) for line in checked]
    faults = [(report["file"], finding) for report in reports for finding in report["findings"] if finding["severity"] == "error"]
    others = [fault for fault in faults if fault[1]["rule"] != "mpxn"]
    print(f"templates: {len(files)}, decoded {len(decoded) - len(odd)}, checked {len(reports)}, "
          f"{len(faults)} placeholder meter point numbers, {len(others)} other errors")
    for file, finding in others:
        print(f"  {os.path.basename(file)}: {finding}")
    held = files and len(decoded) == len(reports) == len(files) and not odd and not others
    print("templates: all held" if held else "templates: not all held")
    return held


if __name__ == "__main__":
    part = {"build": built, "schema": judge, "templates": templates}[sys.argv[1]]
    sys.exit(0 if part() else 1)
