#!/usr/bin/env python3
"""A DLMS/COSEM payment meter (EA07) over HDLC on TCP that takes key-change sets of two or of three tokens: sts_meter.py --help."""
import argparse, json, os, struct, sys
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "lib"), os.path.join(HERE, "..", "..", "dlms_meter")]
import line, sts_hook, sts_ref

ap = argparse.ArgumentParser(description=__doc__)
ap.add_argument("--port", type=int, default=0)
ap.add_argument("--state", default="meter.json", help="file that always holds what the meter holds")
ap.add_argument("--drn", default="01234567897")
ap.add_argument("--sgc", default="123456")
ap.add_argument("--krn", type=int, default=1)
ap.add_argument("--kt", type=int, default=2)
ap.add_argument("--ti", type=int, default=1)
ap.add_argument("--base-date", default="2014")
ap.add_argument("--key", required=True, help="vending key (DKGA02) behind the starting decoder key, hex")
ap.add_argument("--sections", type=int, default=2, choices=[2, 3], help="how many key-change tokens the meter takes")
ap.add_argument("--strict", action="store_true", help="a section before the first is refused as crc-error and forgets what is held")
a = ap.parse_args()
LOG = []


class Meter(sts_hook.StsMeter):
    """The rules of the STS meter, with the third section of a set for a 64-bit key: SGC in 24 bits, then 20 zero bits."""

    def key_change(self, section, block):
        if a.strict and section > 1 and section - 1 not in self.sections:
            self.sections = {}
            raise sts_hook.Refused("crc-error")
        if section == 3 and a.sections == 3:
            if block >> 16 & 0xFFFFF or (block >> 36 & 0xFFFFFF) > 999999:
                raise sts_hook.Refused("format-error")
            self.sections[3] = block
            self.last_section_at = self.clock()
        elif section > 2:
            raise sts_hook.Refused("function-error")
        else:
            three = block >> 50 & 1 if section == 1 else 0
            if three and a.sections == 2:
                raise sts_hook.Refused("function-error")
            held = dict(self.sections)
            self.sections = {}
            try:
                sts_hook.StsMeter.key_change(self, section, block)
            finally:
                self.sections = {**held, **self.sections}
        first = self.sections.get(1)
        need = 3 if first is None or first >> 50 & 1 else 2
        if first is None or len([n for n in self.sections if n <= need]) < need:
            return sts_hook.WORDS[section], 0
        third = self.sections.get(3) if need == 3 else None
        self.finish_key_change()
        if third is not None:
            self.sgc = f"{third >> 36 & 0xFFFFFF:06d}"
        return "accept", 0

    def sgc_after_two_sections(self):
        return "000000"


key = {"sgc": a.sgc, "krn": a.krn, "kt": a.kt, "dkga": "02", "ea": "07", "base_date": a.base_date, "ken": 255, "key": a.key}
STS = Meter({"iin": "600727", "drn": a.drn, "sgc": a.sgc, "krn": a.krn, "kt": a.kt, "ti": a.ti, "ea": "07", "dkga": "02", "base_date": a.base_date,
             "keys": {"vending_keys": [key]}, "credit": "10", "kct_supported": a.sections})
GATE = {"token": b"", "text": b"", "status": 0, "number": 0}


def save():
    with open(a.state + ".new", "w") as f:
        json.dump({"sgc": STS.sgc, "krn": STS.krn, "kt": STS.kt, "ti": STS.ti, "key": "%016x" % STS.key, "pending": STS.pending_sections, "tokens": LOG,
                   "credit": STS.credit}, f)
    os.replace(a.state + ".new", a.state)


def enter(raw):
    status, word, _, number = STS.enter(bytes(raw))
    LOG.append([raw.decode("ascii", "replace"), word])
    GATE.update(token=bytes(raw), text=word.encode(), status=status, number=number)


# encoding
def crc(b):
    c = 0xFFFF
    for x in b:
        c ^= x
        for _ in range(8):
            c = c >> 1 ^ 0x8408 if c & 1 else c >> 1
    return struct.pack("<H", c ^ 0xFFFF)


def hdlc(dst, src, control, info=b"", more=False):
    n = 2 + len(dst) + len(src) + 1 + 2 + (len(info) + 2 if info else 0)
    h = struct.pack(">H", 0xA000 | (0x800 if more else 0) | n) + dst + src + bytes([control])
    if info:
        h += crc(h) + info
    return b"\x7e" + h + crc(h) + b"\x7e"


def length(n): return bytes([n]) if n < 128 else b"\x81" + bytes([n]) if n < 256 else b"\x82" + struct.pack(">H", n)
def octets(b): return b"\x09" + length(len(b)) + b
def text(b): return b"\x0a" + length(len(b)) + b
def u8(n): return b"\x11" + bytes([n])
def u16(n): return b"\x12" + struct.pack(">H", n)
def u32(n): return b"\x06" + struct.pack(">I", n)
def i32(n): return b"\x05" + struct.pack(">i", n)
def u64(n): return b"\x15" + struct.pack(">Q", n)
def struct_(*x): return b"\x02" + bytes([len(x)]) + b"".join(x)
def array(x): return b"\x01" + length(len(x)) + b"".join(x)


SERIAL = a.drn[2:10].encode()
OBJECTS = {
    (1, "0.0.42.0.0.255"): {2: lambda: octets(b"GRX" + SERIAL)},
    (1, "0.0.96.1.0.255"): {2: lambda: octets(SERIAL)},
    (3, "1.0.1.8.0.255"): {2: lambda: u32(1234567), 3: lambda: struct_(b"\x0f\x00", b"\x16\x1e")},
    (112, "0.0.19.10.0.255"): {2: lambda: i32(STS.credit), 3: lambda: b"\x16\x00", 4: lambda: u8(1), 5: lambda: i32(500), 6: lambda: i32(0), 7: lambda: b"\x16\x02"},
    (115, "0.0.19.40.0.255"): {2: lambda: octets(GATE["token"]), 3: lambda: octets(b"\x07\xea\x0b\x15\xff\x08\0\0\0\0\0\0"), 4: lambda: array([octets(GATE["text"])]),
                               5: lambda: b"\x16\x01", 6: lambda: struct_(b"\x16" + bytes([GATE["status"]]), b"\x04\x08" + bytes([GATE["number"]]))},
    (116, "0.0.19.60.0.255"): {2: lambda: struct_(u32(600727), u64(int(a.drn)), u8(STS.pan_check_digit)), 3: lambda: text(b"ELECTRICITY"), 4: lambda: array([u8(2)]),
                               5: lambda: u8(7), 6: lambda: u32(int(STS.sgc)), 7: lambda: u8(STS.ti), 8: lambda: u8(STS.krn), 9: lambda: u8(STS.kt),
                               10: lambda: u8(STS.ken), 11: lambda: u8(STS.kct_supported), 12: lambda: text(b"TEST-METER")},
    (1, "0.0.96.50.0.255"): {2: lambda: struct_(u8(sum(1 << n - 1 for n in STS.pending_sections)), u8(STS.last_number), u32(STS.tids[-1]), u32(STS.tids[0]),
                                                u16(STS.lockout_left))},
    (1, "0.0.96.50.1.255"): {2: lambda: array([u32(t) for t in STS.tids])},
}


def object_list():
    rows = []
    for (c, l), attributes in OBJECTS.items():
        access = array([struct_(b"\x0f" + bytes([i]), b"\x16\x01", b"\x00") for i in [1, *attributes]])
        methods = array([struct_(b"\x0f\x01", b"\x16\x01")] if c == 115 else [])
        rows.append(struct_(u16(c), u8(0), octets(bytes(map(int, l.split(".")))), struct_(access, methods)))
    return array(rows)


OBJECTS[(15, "0.0.40.0.0.255")] = {2: object_list}


class Session:
    def __init__(self, l):
        self.l, self.buffer = l, b""
        self.reset()

    def reset(self):
        self.vs = self.vr = 0
        self.message, self.out, self.last, self.associated = b"", [], b"", False

    def run(self):
        while True:
            self.buffer += self.l.read()
            while self.frame():
                pass

    def frame(self):
        i = self.buffer.find(b"\x7e")
        if i < 0:
            self.buffer = b""
            return False
        self.buffer = self.buffer[i:]
        if len(self.buffer) < 3:
            return False
        if self.buffer[1] & 0xF0 != 0xA0:
            self.buffer = self.buffer[1:]
            return True
        n = (self.buffer[1] & 7) << 8 | self.buffer[2]
        if len(self.buffer) < n + 2:
            return False
        f, self.buffer = self.buffer[1:n + 1], self.buffer[n + 1:]
        if crc(f[:-2]) == f[-2:]:
            self.take(f)
        return True

    def take(self, f):
        ends, at = [], 2
        for _ in range(2):
            k = at
            while not f[k] & 1:
                k += 1
            ends.append(f[at:k + 1])
            at = k + 1
        self.me, self.peer = ends
        control, info, more = f[at], f[at + 3:-2], bool(f[0] & 8)
        if control & 0xEF == 0x83:
            self.reset()
            self.l.write(hdlc(self.peer, self.me, 0x73, bytes.fromhex("818012050180060180070400000001080400000001")))
        elif control & 0xEF == 0x43:
            self.l.write(hdlc(self.peer, self.me, 0x73))
            self.reset()
        elif control & 1 == 0:
            if control >> 1 & 7 != self.vr:
                if self.last:
                    self.l.write(self.last)
                return
            self.vr = self.vr + 1 & 7
            self.message += info
            if more:
                self.l.write(hdlc(self.peer, self.me, 0x11 | self.vr << 5))
                return
            m, self.message = self.message, b""
            b = b"\xe6\xe7\x00" + self.apdu(m[3:])
            save()
            self.out = [b[i:i + 120] for i in range(0, len(b), 120)]
            self.next()
        elif control & 0x0F == 1:
            self.next()

    def next(self):
        if self.out:
            p = self.out.pop(0)
            self.last = hdlc(self.peer, self.me, self.vr << 5 | 0x10 | self.vs << 1, p, bool(self.out))
            self.vs = self.vs + 1 & 7
            self.l.write(self.last)

    @staticmethod
    def attribute(d):
        """The result of a GET: the value, or `object undefined`."""
        o, n = OBJECTS.get((d[0] << 8 | d[1], ".".join(map(str, d[2:8]))), {}), d[8]
        v = octets(d[2:8]) if n == 1 and o else o[n]() if n in o else None
        return b"\x01\x04" if v is None else b"\x00" + v

    def apdu(self, b):
        if b[0] == 0x60:
            self.associated = True
            ui = bytes.fromhex("0800065f1f0400001e1d04000007")
            body = bytes.fromhex("a109060760857405080101a203020100a305a103020100") + b"\xbe" + bytes([len(ui) + 2]) + b"\x04" + bytes([len(ui)]) + ui
            return b"\x61" + length(len(body)) + body
        if b[0] == 0x62:
            return bytes.fromhex("6303800100")
        if not self.associated or b[0] not in (0xC0, 0xC3) or b[1] not in (1, 3):
            return bytes.fromhex("d80101")
        invoke = b[2:3]
        if b[0] == 0xC0 and b[1] == 3:
            return b"\xc4\x03" + invoke + b[3:4] + b"".join(self.attribute(b[4 + 10 * n:]) for n in range(b[3]))
        if b[0] == 0xC0:
            return b"\xc4\x01" + invoke + self.attribute(b[3:])
        c, n = b[3] << 8 | b[4], b[11]
        if (c, n) == (115, 1) and b[12:14] == b"\x01\x09":
            enter(b[15:15 + b[14]])
            return b"\xc7\x01" + invoke + b"\x00\x00"
        return b"\xc7\x01" + invoke + b"\x03\x00"


save()
line.serve(lambda l: Session(l).run(), a.port)
