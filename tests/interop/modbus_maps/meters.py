#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""One meter of each family of register maps, on Modbus TCP served by the PyPI package pymodbus.

Each holds 230.1 V, 1.5 A, 345.6 W, 50.01 Hz and 1234.5 kWh in the registers, types and scales of the sources that its
profile names, and what else the family has: the test is of types, orders and scales, not of the sources. Unit 20 holds what the language of maps can say beyond that.

  meters.py HOST:PORT
  meters.py registers     prints UNIT TABLE REGISTER VALUE of each meter, for servers by others
"""
import asyncio
import signal
import struct
import sys

from pymodbus import FramerType
from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice


def u16(value):
    return [value & 0xFFFF]


def u32(value):
    return [value >> 16 & 0xFFFF, value & 0xFFFF]


def low_first(value):
    return u32(value)[::-1]


def u64(value):
    return [value >> shift & 0xFFFF for shift in (48, 32, 16, 0)]


def of(form, value):
    octets = struct.pack(form, value)
    return [int.from_bytes(octets[at:at + 2], "big") for at in range(0, len(octets), 2)]


def f32(value):
    return of(">f", value)


def f64(value):
    return of(">d", value)


def filled(values):
    """Registers in one block from the lowest on; those without a value are zero."""
    if not values:
        return [SimData(0, values=[0], datatype=DataType.REGISTERS)]
    blocks, last = [], None
    for address, words in sorted(values.items()):
        if last is None or address - last > 64:
            blocks.append([address, []])
        start, numbers = blocks[-1]
        numbers.extend([0] * (address - start - len(numbers)))
        numbers.extend(words)
        last = address + len(words)
    return [SimData(start, values=numbers, datatype=DataType.REGISTERS) for start, numbers in blocks]


async def only_several(function, _start, _address, _count, _registers, written):
    """Refuses to write by functions 5, 6 and 16: there remain 15 and 23."""
    return ExcCodes.ILLEGAL_FUNCTION if written is not None and function in (5, 6, 16) else None


REGISTERS = []


def meter(unit, holding=None, inputs=None, coils=(), discrete=(), action=None):
    for table, values in (("holding", holding), ("input", inputs)):
        for first, words in (values or {}).items():
            REGISTERS.extend((unit, table, first + at, word) for at, word in enumerate(words))

    def bits(on):
        return [SimData(0, values=[at in on for at in range(16)], datatype=DataType.BITS)]

    return SimDevice(unit, (bits(coils), bits(discrete), filled(holding), filled(inputs)), action=action)


METERS = [
    # Carlo Gavazzi EM24: tenths and thousandths, low word first, signed.
    meter(1, inputs={0x00: low_first(2301), 0x0C: low_first(1500), 0x12: low_first(-3456 & 0xFFFFFFFF), 0x28: low_first(-3456 & 0xFFFFFFFF),
                     0x35: u16(-990), 0x37: u16(500), 0x42: low_first(12345), 0x5C: low_first(77)}),
    # Schneider iEM3000: floats, power in kW; energies of 64 bits in Wh.
    meter(2, holding={0x0BD3: f32(230.1), 0x0BB7: f32(1.5), 0x0BED: f32(0.3456), 0x0BF3: f32(0.3456), 0x0C25: f32(50.01), 0x0C83: u64(1234500),
                      0x0C87: u64(0), 0x0C93: u64(2500)}),
    # Inepro PRO380: floats, power in kW, two tariffs.
    meter(3, holding={0x5002: f32(230.1), 0x5008: f32(50.01), 0x500C: f32(1.5), 0x5012: f32(0.3456), 0x5014: f32(0.3456), 0x6000: f32(1240.0),
                      0x600C: f32(1234.5), 0x600E: f32(1000.5), 0x6010: f32(234.0), 0x6018: f32(5.5)}),
    # Siemens PAC2200: energies are doubles in Wh, by tariff.
    meter(4, inputs={1: f32(230.1), 13: f32(1.5), 25: f32(345.6), 55: f32(50.01), 65: f32(345.6), 801: f64(1234500.0), 805: f64(500.0), 809: f64(0.0), 813: f64(0.0)}),
    # Finder 7M.38: energies are floats in Wh.
    meter(5, inputs={2500: f32(230.1), 2516: f32(1.5), 2530: f32(345.6), 2536: f32(345.6), 2584: f32(50.01), 2594: f32(2.5), 2752: f32(1234500.0)}),
    # DZG DVH4013: thousandths; power taken and given stand apart.
    meter(6, holding={0x00: u32(3456), 0x02: u32(0), 0x04: u32(23010), 0x0A: u32(1500), 0x12: u32(50010), 0x4000: u32(1234500), 0x4100: u32(0)}),
    # Hiking DDS238: address and speed share a register.
    meter(7, holding={0x00: u32(123950), 0x08: u32(500), 0x0A: u32(123450), 0x0C: u16(2301), 0x0D: u16(150), 0x0E: u16(-346), 0x10: u16(990),
                      0x11: u16(5001), 0x15: u16(0x0701)}),
    # PZEM-004T: low word first, an alarm of all ones.
    meter(8, inputs={0: u16(2301), 1: low_first(1500), 3: low_first(3456), 5: low_first(1234500), 7: u16(500), 8: u16(99), 9: u16(0xFFFF)},
          holding={1: u16(2300), 2: u16(8)}),
    # Lovato DMG610: energies of 64 bits in hundredths.
    meter(9, inputs={0x01: u32(23010), 0x07: u32(15000), 0x13: u32(34560), 0x31: u32(50010), 0x39: u32(34560), 0x1B1F: u64(123450), 0x53: u32(250)}),
    # ORNO WE-516: floats, power in kW.
    meter(10, holding={0x0E: f32(230.1), 0x14: f32(50.01), 0x16: f32(1.5), 0x1C: f32(0.3456), 0x1E: f32(0.3456), 0x100: f32(1240.0), 0x108: f32(1234.5)}),
    # B+G e-tech DS100: total energy in a block far from the phases.
    meter(11, holding={0x400: u32(230100), 0x410: u32(1500), 0x41A: u32(346), 0x420: u32(346), 0x435: u16(500), 0x10E: u32(123450), 0x118: u32(0),
                       0x122: u32(123450)}),
    # Acrel ADW300.
    meter(12, holding={20: u16(2301), 26: u16(150), 30: u32(346), 36: u32(346), 62: u32(123450), 64: u32(0)}),
    # Carlo Gavazzi EM540: the code of the model, low word first, a power factor that is not there.
    meter(13, inputs={0x00: low_first(2301), 0x0C: low_first(1500), 0x12: low_first(3456), 0x28: low_first(3456), 0x31: u16(0x7FFF), 0x33: u16(500),
                      0x34: low_first(12345), 0x4E: low_first(77)}, holding={0x0B: u16(0x06E1)}),
    # Hager ECR380D: hundredths, powers in tens of watts.
    meter(14, holding={0xB000: u16(23010), 0xB006: u16(5001), 0xB009: u32(1500), 0xB011: u32(35), 0xB019: u32(35), 0xB060: u32(1234), 0xB064: u32(0)}),
    # Acrel ADL3000: secondary values, a ratio of 40 for the current.
    meter(15, holding={0x61: u16(2301), 0x64: u16(150), 0x77: u16(5001), 0x8D: [1, 40], 0x164: u32(100), 0x16A: u32(100), 0x0A: u32(3086), 0x14: u32(0)}),
    # Siemens PAC3200: as the PAC2200, with distortion.
    meter(16, inputs={1: f32(230.1), 13: f32(1.5), 25: f32(345.6), 43: f32(2.5), 55: f32(50.01), 65: f32(345.6), 801: f64(1234500.0), 805: f64(0.0),
                      809: f64(0.0), 813: f64(0.0)}),
    # JSY-MK-163T: the direction of power in a register of its own.
    meter(17, holding={0x00: [0x0163, 0x0110], 0x48: [23010, 150, 346], 0x4B: u32(3950400), 0x4D: u16(990), 0x4E: u32(3200), 0x50: [1, 5001]}),
    # JSY-MK-333: directions in bits.
    meter(18, holding={0x00: u16(0x0333), 0x100: [23010, 23020, 23030, 150, 0, 0, 346, 0, 0], 0x109: u32(346), 0x10E: u32(50), 0x115: [5001, 990, 0, 0, 990],
                       0x132: u16(0b10001001), 0x13A: u32(123450), 0x142: u32(100)}),
    # Siemens PAC1600.
    meter(19, holding={1: u32(23010), 7: u32(15000), 19: u32(34560), 57: u32(34560), 6687: u32(1234500)}),
    # KWS-306L: amounts of power only.
    meter(22, holding={14: u16(23010), 17: u32(1500), 23: u32(3456), 25: u32(3456), 47: u16(990), 51: u16(5001), 52: u32(123450), 60: u16(31)}),
    # Socomec Countis E13: tens of watts.
    meter(23, holding={0xC558: u32(23010), 0xC55E: u32(50010), 0xC560: u32(1500), 0xC570: u32(-35 & 0xFFFFFFFF), 0xC702: u32(123450)}),
    # What the language of maps can say.
    meter(20, holding={0: [0x0123, 0x4500], 2: [0x0012, 0x89AB], 4: [12, 3456], 6: [0x0133], 7: [0xD204, 0x0000], 9: [0b1000], 10: u16(0xFFFF),
                       11: u16(7), 12: u16(0), 13: u16(1)}, inputs={32: [120, 310, 40, 205]},
          coils=(3,), discrete=(5,)),
    # Registers that hold their own number, far from each other.
    meter(30, holding={at: u16(at) for at in range(0, 4800, 200)}),
    # One that takes several coils and registers only, also of one.
    meter(21, holding={0: [1, 2, 3]}, coils=(3,), action=only_several),
]


async def main():
    host, port = sys.argv[1].rsplit(":", 1)
    server = ModbusTcpServer(METERS, framer=FramerType.SOCKET, address=(host, int(port)))
    print("ready: meters", file=sys.stderr, flush=True)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asyncio.current_task().cancel)
    try:
        await server.serve_forever()
    except asyncio.CancelledError:
        pass


if sys.argv[1] == "registers":
    for line in REGISTERS:
        print(*line)
else:
    asyncio.run(main())
