"""Requests with one thing changed, judged by two schema engines (Java's and libxml2's, with the schema of duis-sign-wrap's jar)
and by `wattkey smets request check`. What both engines refuse, the check has to refuse too; every miss is listed.

    mutate.py [SEED [CHANGES PER REQUEST]]

takes the requests in WORK (judge.py build) and the samples of duis-templates."""

import collections
import copy
import glob
import json
import os
import random
import re
import subprocess
import sys
import zipfile

from judge import JAR, PACKAGES, WATTKEY, WORK
from lxml import etree

ENGINE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "SchemaEngine.java")
NAMESPACE = "http://www.dccinterface.co.uk/ServiceUserGateway"
WANTED = 0.99
# Values that the schema refuses in most places.
STRANGE = ["", " ", "x", "-1", "0", "1.5", "99999999999999999999", "true", "TRUE", "yes", "2026-13-01T00:00:00Z", "2026-11-01",
           "2026-11-01 00:00:00Z", "24:61:00Z", "00-DB-12-34-56-78-90", "00-db-12-34-56-78-90-a0", "AQ=", "é", "a" * 300, "0x10",
           "1e3", "+5", "NaN", "12 34", "Disable", "Add"]


def unpack_schema(folder):
    with zipfile.ZipFile(JAR) as jar:
        for name in jar.namelist():
            if name.endswith(".xsd"):
                # A document type declaration would be fetched from the network.
                text = re.sub(rb"<!DOCTYPE.*?\]>", b"", jar.read(name), flags=re.DOTALL)
                text = text.replace(b"&dsig;", b"http://www.w3.org/2000/09/xmldsig#")
                # libxml2 wants a location to be a URI.
                text = re.sub(rb'(schemaLocation="[^"]*")', lambda found: found[1].replace(b" ", b"_"), text)
                with open(os.path.join(folder, os.path.basename(name).replace(" ", "_")), "wb") as out:
                    out.write(text)
    return glob.glob(os.path.join(folder, "DUIS*.xsd"))[0]


def elements(root):
    return [element for element in root.iter(etree.Element) if element is not root and "xmldsig" not in element.tag]


def drop(rng, root):
    element = rng.choice(elements(root))
    element.getparent().remove(element)
    return "drop", element


def double(rng, root):
    element = rng.choice(elements(root))
    element.addnext(copy.deepcopy(element))
    return "double", element


def swap(rng, root):
    pairs = [(e, e.getnext()) for e in elements(root) if e.getnext() is not None and e.getnext().tag != e.tag]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    second.addnext(first)
    return "swap", first


def rename(rng, root):
    element = rng.choice(elements(root))
    before = etree.QName(element).localname
    element.tag = f"{{{NAMESPACE}}}{rng.choice([before + 'x', before.lower(), before[:-1] or 'a', 'DeviceID'])}"
    return "rename", element


def leaf(rng, root):
    leaves = [element for element in elements(root) if len(element) == 0]
    return rng.choice(leaves) if leaves else None


def value(rng, root):
    element = leaf(rng, root)
    element.text = rng.choice(STRANGE)
    return f"value {element.text[:20]!r}", element


def edit(rng, root):
    element = leaf(rng, root)
    text = element.text or ""
    at = rng.randrange(len(text) + 1)
    how = rng.randrange(4)
    if how == 0 or not text:
        element.text = text[:at] + rng.choice("0A9 -:.zé") + text[at:]
    elif how == 1:
        element.text = text[:-1]
    elif how == 2:
        element.text = text + text
    else:
        element.text = text.swapcase()
    return f"edit {text[:24]!r} to {element.text[:24]!r}", element


def number(rng, root):
    leaves = [e for e in elements(root) if len(e) == 0 and re.fullmatch(r"-?\d+(\.\d+)?", (e.text or "").strip())]
    if not leaves:
        return None
    element = rng.choice(leaves)
    before = element.text
    element.text = rng.choice(["-" + before, before + "0000", "4294967296", "65536", "256", "-32769", before + ".5", before + ".000001"])
    return f"number {before} to {element.text}", element


def child(rng, root):
    element = rng.choice(elements(root))
    new = etree.SubElement(element, f"{{{NAMESPACE}}}Extra")
    new.text = "1"
    return "child", element


def text(rng, root):
    inner = [element for element in [root, *elements(root)] if len(element)]
    element = rng.choice(inner)
    element[0].tail = "stray"
    return "text", element


def attribute(rng, root):
    holders = [element for element in [root, *elements(root)] if element.attrib]
    element = rng.choice(holders)
    name = rng.choice(sorted(element.attrib))
    if rng.random() < 0.5:
        del element.attrib[name]
        return f"attribute {name} away", element
    element.attrib[name] = rng.choice(["", "x", "-1", "9999999", "5"])
    return f"attribute {name}={element.attrib[name]!r}", element


def namespace(rng, root):
    element = rng.choice(elements(root))
    element.tag = "{urn:other}" + etree.QName(element).localname
    return "namespace", element


CHANGES = [drop, double, swap, rename, value, value, edit, edit, edit, number, child, text, attribute, namespace]


def sources():
    files = sorted(glob.glob(f"{WORK}/*.xml"))
    return files + sorted(p for p in glob.glob(f"{PACKAGES}/@smartdcc/duis-templates/templates/*") if p.upper().endswith(".XML"))


def mutants(folder, seed, per_request):
    made = []
    for source in sources():
        tree = etree.parse(source, etree.XMLParser(remove_comments=True))
        for turn in range(per_request):
            rng = random.Random(f"{seed} {os.path.basename(source)} {turn}")
            root = copy.deepcopy(tree.getroot())
            done = rng.choice(CHANGES)(rng, root)
            if done is None:
                continue
            path = os.path.join(folder, f"{len(made):05}.xml")
            etree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
            made.append((path, source, done[0], etree.QName(done[1]).localname))
    return made


def by_java(schema, paths):
    names = "".join(f"{path}\n" for path in paths)
    judged = subprocess.run(["java", ENGINE, schema], input=names, capture_output=True, text=True, check=False)
    verdicts = {}
    for line in judged.stdout.splitlines():
        verdict, words, path = line.split("\t")
        verdicts[path] = (verdict == "valid", words)
    if len(verdicts) != len(paths):
        sys.exit(f"Java judged {len(verdicts)} of {len(paths)} files: {judged.stderr[:500]}")
    return verdicts


def by_libxml2(schema, paths):
    engine = etree.XMLSchema(etree.parse(schema))
    verdicts = {}
    for path in paths:
        valid = engine.validate(etree.parse(path))
        verdicts[path] = (valid, "" if valid else str(engine.error_log[0].message))
    return verdicts


def by_wattkey(paths):
    verdicts = {}
    for start in range(0, len(paths), 400):
        told = subprocess.run([WATTKEY, "smets", "request", "check", "--format", "jsonl", *paths[start:start + 400]],
                              capture_output=True, text=True, check=False)
        for line in told.stdout.splitlines():
            report = json.loads(line)
            if "file" not in report:
                sys.exit(f"the check stops: {line[:300]}")
            verdicts[report["file"]] = (report["ok"], [f for f in report["findings"] if f["severity"] == "error"])
    return verdicts


def main():
    seed = sys.argv[1] if len(sys.argv) > 1 else "1"
    per_request = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    folder = os.path.join(WORK, "mutants")
    os.makedirs(folder, exist_ok=True)
    schema = unpack_schema(folder)
    made = mutants(folder, seed, per_request)
    paths = [path for path, *_ in made]
    java, libxml2, ours = by_java(schema, paths), by_libxml2(schema, paths), by_wattkey(paths)
    count = collections.Counter()
    missed = []
    for path, source, change, element in made:
        refused = [not java[path][0], not libxml2[path][0]]
        count["engines differ"] += refused[0] != refused[1]
        if all(refused):
            count["invalid"] += 1
            if path in ours and ours[path][0]:
                missed.append((os.path.basename(source), element, change, java[path][1]))
        elif not any(refused):
            count["valid"] += 1
            rules = {finding["rule"] for finding in ours[path][1]}
            count["valid, and refused for its meaning"] += bool(rules)
            # What the schema lets pass must not be refused in its name.
            if rules & {"structure", "field-missing", "field-order", "field-unexpected", "field-value"}:
                count["valid, and refused for its shape"] += 1
                print("wrongly refused:", os.path.basename(source), element, change, ours[path][1][0])
    share = 1 - len(missed) / max(1, count["invalid"])
    for miss in missed:
        print("missed:", *miss)
    print(f"mutants: {len(made)}, {dict(count)}, refused {share:.4f} of the invalid")
    print("mutants: all held" if count["invalid"] > 500 and share >= WANTED else "mutants: not all held")


main()
