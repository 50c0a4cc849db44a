#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Reads and writes SDM630 meters with pymodbus's own client: a line of so many units, over a serial port or as RTU over TCP.

  modbus_client.py PORT|HOST:PORT UNITS
"""
import sys

from pymodbus import FramerType
from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.exceptions import ModbusIOException

port, units = sys.argv[1], int(sys.argv[2])
if port.startswith("/"):
    client = ModbusSerialClient(port, framer=FramerType.RTU, baudrate=19200, timeout=3, retries=0)
else:
    host, number = port.rsplit(":", 1)
    client = ModbusTcpClient(host, port=int(number), framer=FramerType.RTU, timeout=3, retries=0)
client.connect()


def number(reply, at=0):
    return client.convert_from_registers(reply.registers[at:at + 2], client.DATATYPE.FLOAT32)


def expect(words, held):
    if not held:
        raise SystemExit(f"not as expected: {words}")


serials = set()
for unit in range(1, units + 1):
    block = client.read_input_registers(0, count=80, device_id=unit)
    volts = [number(block, at) for at in (0, 2, 4)]
    watts = [number(block, at) for at in (0x0C, 0x0E, 0x10)]
    expect(f"unit {unit} volts {volts}", all(100 < volt < 300 for volt in volts))
    expect(f"unit {unit} total {number(block, 0x34)}", abs(sum(watts) - number(block, 0x34)) < 1)
    expect(f"unit {unit} hertz {number(block, 0x46)}", 49 < number(block, 0x46) < 51)
    expect(f"unit {unit} kWh {number(block, 0x48)}", number(block, 0x48) > 0)
    between = number(client.read_input_registers(0xC8, count=2, device_id=unit))
    first, second = volts[:2]
    expect(f"unit {unit} line voltage {between}", abs(between - (first**2 + second**2 + first * second) ** 0.5) < 0.01)
    serials.add(tuple(client.read_holding_registers(0xFC00, count=2, device_id=unit).registers))
    expect(f"unit {unit} number", number(client.read_holding_registers(0x14, count=2, device_id=unit)) == unit)
expect("every serial number is another", len(serials) == units)

for words, reply, code in (
    ("an undefined register", client.read_input_registers(0x300, count=2, device_id=1), 2),
    ("an odd register", client.read_input_registers(1, count=2, device_id=1), 2),
    ("too many registers", client.read_input_registers(0, count=100, device_id=1), 3),
    ("a function it has not", client.read_coils(0, count=1, device_id=1), 1),
    ("a value out of range", client.write_registers(0x14, [0, 0], device_id=1), 3),
    ("a register that is not written", client.write_registers(0xFC00, [0, 1], device_id=1), 2),
):
    expect(f"{words}: {reply}", reply.isError() and reply.exception_code == code)

expect("parity set by one register", not client.write_register(0x12, 0x3F80, device_id=2).isError())
expect("parity", number(client.read_holding_registers(0x12, count=2, device_id=2)) == 1.0)
free = units + 1
registers = client.convert_to_registers(float(free), client.DATATYPE.FLOAT32)
expect("renumbered", not client.write_registers(0x14, registers, device_id=1).isError())
expect("by its new number", number(client.read_input_registers(0, count=2, device_id=free)) > 100)
try:
    silence = client.read_input_registers(0, count=2, device_id=1)
    expect(f"silence where there is no unit: {silence}", False)
except ModbusIOException:
    print("all as expected")
