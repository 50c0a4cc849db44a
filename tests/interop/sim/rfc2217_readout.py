#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Reads an IEC 62056-21 meter behind RFC 2217 with pyserial: 300 7E1, option select, 9600 7E1, readout.

pyserial itself waits for the server to acknowledge every setting and raises when it does not.
  rfc2217_readout.py rfc2217://HOST:PORT
"""
import functools
import operator
import sys
import time

import serial

line = serial.serial_for_url(sys.argv[1], baudrate=300, bytesize=7, parity="E", stopbits=1, timeout=5)
line.dtr, line.rts = True, True
line.write(b"/?!\r\n")
identification = line.read_until(b"\r\n")
if not identification.startswith(b"/WKS5"):
    raise SystemExit(f"identification {identification}")
line.write(b"\x06050\r\n")
line.baudrate = 9600
block, end = b"", time.monotonic() + 10
while b"\x03" not in block[:-1] and time.monotonic() < end:
    block += line.read(max(1, line.in_waiting))
content, check = block[1:-1], block[-1]
if block[:1] != b"\x02" or functools.reduce(operator.xor, content) != check or b"1.8.0(" not in content:
    raise SystemExit(f"readout {block}")
line.close()
print("readout at 9600 7E1, check character right")
