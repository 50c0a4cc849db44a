#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Modbus RTU energy meters on one RS485 line, served by the PyPI package pymodbus.

Unit 1 and 2: Eastron SDM630 (three phase).  Unit 3: Eastron SDM120 (single phase).
Unit 4: Chint DTSU666 (floats in holding registers, scaled).  Values are 32-bit floats, high word first.
With --more: unit 5, SunSpec model 203 at 40000; unit 6, SunSpec model 213 at 50000; unit 7, a meter of which no map
is built in: low words first, clock, relay and power limit in holding registers.
A unit with no meter stays silent, as on a real line (the package would answer exception 4 for it).
"""
import argparse
import asyncio
import os
import signal
import struct
import subprocess
import sys
import time

from pymodbus import FramerType
from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.server.requesthandler import ServerRequestHandler
from pymodbus.simulator import DataType, SimData, SimDevice


def floats(pairs):
    return [SimData(address, values=float(value), datatype=DataType.FLOAT32) for address, value in sorted(pairs.items())]


def sdm630(unit, serial, volts, amps, watts, hertz, energy):
    values = {}
    for phase in range(3):
        va = volts[phase] * amps[phase]
        values.update({0x00 + 2 * phase: volts[phase], 0x06 + 2 * phase: amps[phase], 0x0C + 2 * phase: watts[phase],
                       0x12 + 2 * phase: va, 0x18 + 2 * phase: 0.0, 0x1E + 2 * phase: watts[phase] / va,
                       0x24 + 2 * phase: 5.0})
    total_va = sum(v * a for v, a in zip(volts, amps))
    values.update({0x2A: sum(volts) / 3, 0x2E: sum(amps) / 3, 0x30: sum(amps), 0x34: sum(watts), 0x38: total_va,
                   0x3C: 0.0, 0x3E: sum(watts) / total_va, 0x42: 5.0, 0x46: hertz, 0x48: energy, 0x4A: 1.5,
                   0x4C: 12.25, 0x4E: 0.5, 0x156: energy + 1.5, 0x158: 12.75})
    return device(unit, serial, values, 2)


def sdm120(unit, serial):
    return device(unit, serial, {0x00: 231.25, 0x06: 2.5, 0x0C: 560.0, 0x12: 578.125, 0x18: -100.0, 0x1E: 0.96875,
                                 0x24: -10.5, 0x46: 50.03, 0x48: 987.65, 0x4A: 0.25, 0x4C: 3.5, 0x4E: 4.5,
                                 0x156: 987.9, 0x158: 8.0}, 2)


def device(unit, serial, values, baud_code):
    # FLOAT32 gaps inside a block read as zero on the real meter, so they are filled
    last = max(values) + 2
    filled = {a: values.get(a, 0.0) for a in range(0, last, 2)}
    holding = floats({0x0A: 3.0, 0x0C: 100.0, 0x12: 0.0, 0x14: float(unit), 0x1C: float(baud_code)})
    holding.append(SimData(0xFC00, values=[serial >> 16, serial & 0xFFFF], datatype=DataType.REGISTERS, readonly=True))
    bits = [SimData(0, count=16, values=False, datatype=DataType.BITS)]
    return SimDevice(unit, (bits, list(bits), holding, floats(filled)))


def dtsu666(unit):
    values = {0x2006: 2301.0, 0x2008: 2302.0, 0x200A: 2303.0, 0x200C: 4567.0, 0x200E: 4568.0, 0x2010: 4569.0,
              0x2012: 31530.0, 0x2014: 10500.0, 0x2016: 10510.0, 0x2018: 10520.0, 0x202A: 990.0, 0x2044: 5001.0,
              0x401E: 1234.5, 0x4028: 6.75}
    bits = [SimData(0, count=16, values=False, datatype=DataType.BITS)]
    return SimDevice(unit, (bits, list(bits), floats(values), floats({0: 0.0})))


def words(values):
    return [SimData(address, values=list(numbers), datatype=DataType.REGISTERS) for address, numbers in sorted(values.items())]


def text(string, count):
    octets = string.encode().ljust(2 * count, b"\0")
    return [int.from_bytes(octets[at:at + 2], "big") for at in range(0, 2 * count, 2)]


def two(number):
    octets = struct.pack(">f", number)
    return [int.from_bytes(octets[:2], "big"), int.from_bytes(octets[2:], "big")]


def sunspec(unit, base, model, serial):
    common = text("Foreign", 16) + text("Model " + str(model[0]), 16) + text("", 8) + text("1.2", 8) + text(serial, 16) + [unit, 0]
    chain = [0x5375, 0x6E53, 1, 66] + common + list(model) + [0xFFFF, 0]
    bits = [SimData(0, count=16, values=False, datatype=DataType.BITS)]
    return SimDevice(unit, (bits, list(bits), words({base: chain}), floats({0: 0.0})))


def model_203():
    body = [0x8000] * 105
    body[0:5] = [90, 30, 31, 29, 0xFFFF]        # A, scale -1
    body[5:9] = [2305, 2301, 2302, 2303]        # V
    body[13:16] = [0xFFFF, 4999, 0xFFFE]        # V scale -1; Hz, scale -2
    body[16:21] = [2070, 690, 713, 667, 0]      # W
    body[31:36] = [99, 98, 99, 97, 0]           # PF in percent
    body[36:38] = [0, 1500]
    body[44:46] = [0x0012, 0xD687]              # 1234567 Wh
    body[52] = 0
    return [203, 105] + body


def model_213():
    body = two(float("nan")) * 62
    for at, number in ((10, 231.0), (12, 232.0), (14, 233.0), (24, 50.01), (26, -500.0), (58, 2500.0), (66, 7654321.0)):
        body[at:at + 2] = two(number)
    return [213, 124] + body


def house(unit):
    now = time.gmtime()
    values = {10: [0x86A0, 0x0001], 12: [2301], 20: [now.tm_year, now.tm_mon, now.tm_mday, now.tm_hour, now.tm_min, now.tm_sec],
              40: [1], 41: [550]}
    bits = [SimData(0, count=16, values=False, datatype=DataType.BITS)]
    return SimDevice(unit, (bits, list(bits), words(values), floats({0: 0.0})))


def silent_where_no_meter_is(units):
    plain = ServerRequestHandler.server_send

    def send(self, pdu, addr):
        if pdu is None or pdu.dev_id in units:
            plain(self, pdu, addr)

    ServerRequestHandler.server_send = send


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--serial", help="tty to open, such as one end of a socat pair")
    group.add_argument("--pair", metavar="LINK", help="run socat and leave the client end of the pair here")
    group.add_argument("--tcp", metavar="HOST:PORT", help="RTU framing over TCP")
    parser.add_argument("--more", action="store_true", help="units 5 to 7 as well")
    parser.add_argument("--baud", type=int, default=9600)
    parser.add_argument("--parity", default="N")
    args = parser.parse_args()
    devices = [sdm630(1, 20010001, (230.5, 229.75, 231.0), (5.0, 4.5, 0.25), (1150.0, 1000.0, 55.0), 49.98, 12345.675),
               sdm630(2, 20010002, (233.0, 234.0, 235.0), (1.0, 2.0, 3.0), (230.0, 460.0, 700.0), 50.02, 77.5),
               sdm120(3, 20010003), dtsu666(4)]
    if args.more:
        devices += [sunspec(5, 40000, model_203(), "SUN203"), sunspec(6, 50000, model_213(), "SUN213"), house(7)]
    silent_where_no_meter_is(set(range(1, len(devices) + 1)))
    socat = None
    if args.tcp:
        host, port = args.tcp.rsplit(":", 1)
        server = ModbusTcpServer(devices, framer=FramerType.RTU, address=(host, int(port)), ignore_missing_devices=True)
    else:
        path = args.serial
        if args.pair:
            path = args.pair + ".meter"
            socat = subprocess.Popen(["socat", f"pty,raw,echo=0,link={path}", f"pty,raw,echo=0,link={args.pair}"])
            while not os.path.exists(args.pair):
                time.sleep(0.02)
        server = ModbusSerialServer(devices, framer=FramerType.RTU, port=path, baudrate=args.baud, parity=args.parity,
                                    ignore_missing_devices=True)
    print("ready:", args.serial or args.pair or args.tcp, file=sys.stderr, flush=True)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, asyncio.current_task().cancel)
    try:
        await server.serve_forever()
    except asyncio.CancelledError:
        pass
    finally:
        if socat:
            socat.terminate()


if __name__ == "__main__":
    asyncio.run(main())
