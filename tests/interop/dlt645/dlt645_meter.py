#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""DL/T 645-2007 prepayment meters on one RS485 line, served by the PyPI package dlt645.

The package does the frames, the +0x33 coding, the BCD data, passwords and the standard services.
Added here because the package has none of it: silence of a meter that is not addressed, address wildcards,
data blocks (FF), the prepayment data identifiers and relay control (control code 1C).
"""
import argparse
import os
import signal
import subprocess
import sys
import time

from loguru import logger
from dlt645 import MeterServerService
from dlt645.model.types.data_type import DataItem
from dlt645.common.transform import float_to_bcd
from dlt645.protocol.protocol import DLT645Protocol

BLOCKS = {0x0201FF00: (0x02010100, 0x02010200, 0x02010300), 0x0202FF00: (0x02020100, 0x02020200, 0x02020300),
          0x0203FF00: (0x02030000, 0x02030100, 0x02030200, 0x02030300)}

# the package takes writes of these and cannot read them back: it answers with text, or not at all once written
LIMITS = {0x04000E01: "XX.XXXX", 0x04000E02: "XX.XXXX", 0x04000E03: "XXX.X", 0x04000E04: "XXX.X"}


class Line:
    """Stands where the package expects one service and shares the port between several meters."""

    def __init__(self, meters):
        self.meters = meters

    def handle_request(self, frame):
        target = bytes(frame.addr)
        if target == b"\x99" * 6:
            for meter in self.meters:
                meter.handle_request(frame)
            return None
        found = [m for m in self.meters if self.matches(bytes(m.address), target)]
        if len(found) != 1:
            return None  # nobody, or several at once: a collision no master could read
        return self.serve(found[0], frame)

    @staticmethod
    def matches(own, target):
        return all(t == 0xAA or t == o for o, t in zip(own, target))

    @staticmethod
    def serve(meter, frame):
        di = int.from_bytes(bytes(frame.data[:4]), "little") if len(frame.data) >= 4 else None
        if frame.ctrl_code == 0x11 and di in BLOCKS:
            data = bytearray(frame.data[:4])
            for part in BLOCKS[di]:
                inner = type(frame)(addr=frame.addr, ctrl_code=0x11, data=part.to_bytes(4, "little"))
                answer = DLT645Protocol.deserialize(bytes(meter.handle_request(inner)))
                data += answer.data[4:]
            return DLT645Protocol.build_frame(bytes(meter.address), 0x91, bytes(data))
        if frame.ctrl_code == 0x11 and di in LIMITS:
            value = meter.data_map[di].value
            value = value if isinstance(value, float) else 0.0
            data = bytes(frame.data[:4]) + bytes(float_to_bcd(value, LIMITS[di], "little"))
            return DLT645Protocol.build_frame(bytes(meter.address), 0x91, data)
        if frame.ctrl_code == 0x1C:
            if not meter.password_manager.check_password(bytearray(frame.data[:4])):
                return DLT645Protocol.build_frame(bytes(meter.address), 0xDC, bytes([4]))
            order = frame.data[8]
            meter.relay_open = {0x1A: True, 0x1B: False, 0x1C: False}.get(order, meter.relay_open)
            meter.set_04(0x04000503, "0250" if meter.relay_open else "0200")
            print(time.strftime("%H:%M:%S"), bytes(meter.address[::-1]).hex(), f"relay order {order:02X}",
                  "open" if meter.relay_open else "closed", file=sys.stderr, flush=True)
            return DLT645Protocol.build_frame(bytes(meter.address), 0x9C, b"")
        reply = meter.handle_request(frame)
        if reply is not None and target_is_wild(frame.addr):
            answer = DLT645Protocol.deserialize(bytes(reply))
            reply = DLT645Protocol.build_frame(bytes(meter.address), answer.ctrl_code, bytes(answer.data))
        return reply


def target_is_wild(address):
    return 0xAA in bytes(address)


def fill(meter, number, serial):
    # the package would send the printed order; the standard sends the low pair of digits first
    meter.set_address(bytes.fromhex(serial)[::-1])
    meter.set_password("02000000")
    meter.set_password("04123456")
    for di, name in ((0x00900100, "remaining energy"), (0x00900101, "overdraft energy"),
                     (0x00900200, "remaining amount"), (0x00900201, "overdraft amount")):
        meter.data_map[di] = DataItem(di, name, "XXXXXX.XX", 0.0, "", -799999.99, 799999.99)
    meter.set_00(0x00000000, 1234.56 + number)
    meter.set_00(0x00010000, 1234.56 + number)
    meter.set_00(0x00020000, 0.0)
    meter.set_00(0x00900100, 42.1)
    meter.set_00(0x00900200, 88.88)
    for di, value in ((0x02010100, 230.1), (0x02010200, 229.9), (0x02010300, 231.2), (0x02020100, 4.567),
                      (0x02020200, 0.0), (0x02020300, 1.25), (0x02030000, 1.0312), (0x02030100, 1.0312),
                      (0x02030200, 0.0), (0x02030300, 0.0), (0x02060000, 0.981), (0x02800002, 49.98)):
        meter.set_02(di, value)
    meter.set_04(0x04000101, time.strftime("%y%m%d") + f"{int(time.strftime('%w')):02d}")
    meter.set_04(0x04000102, time.strftime("%H%M%S"))
    meter.set_04(0x04000402, serial)
    meter.set_04(0x04000503, "0200")  # bits 8-9 = amount prepayment, bit 4 relay open, bit 6 told to open
    meter.relay_open = False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--serial")
    group.add_argument("--pair", metavar="LINK", help="run socat and leave the client end of the pair here")
    group.add_argument("--tcp", metavar="HOST:PORT")
    parser.add_argument("--meter", action="append", help="twelve digit address; repeat for a shared line")
    parser.add_argument("--quiet", action="store_true")
    args = parser.parse_args()
    logger.remove()
    if not args.quiet:
        logger.add(sys.stderr, level="INFO", format="{time:HH:mm:ss} {message}")
    socat, path = None, args.serial
    if args.pair:
        path = args.pair + ".meter"
        socat = subprocess.Popen(["socat", f"pty,raw,echo=0,link={path}", f"pty,raw,echo=0,link={args.pair}"])
        while not os.path.exists(args.pair):
            time.sleep(0.02)
    if args.tcp:
        host, port = args.tcp.rsplit(":", 1)
        first = MeterServerService.new_tcp_server(host, int(port), 30)
    else:
        first = MeterServerService.new_rtu_server(path, 8, 1, 2400, "E" if args.serial else "N", 1.0)
    server = first.server
    meters = []
    for number, serial in enumerate(args.meter or ["000088000017"]):
        meter = first if number == 0 else MeterServerService(server)
        fill(meter, number, serial)
        meters.append(meter)
    server.service = Line(meters)
    if not server.start():
        raise SystemExit("the port did not open")
    print("ready:", args.serial or args.pair or args.tcp, [m.address[::-1].hex() for m in meters], file=sys.stderr,
          flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        pass
    finally:
        logger.remove()
        server.stop()
        if socat:
            socat.terminate()


if __name__ == "__main__":
    main()
