#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Voltage and frequency of unit 1 over a serial port, read by the PyPI package minimalmodbus: client_minimalmodbus.py PORT"""
import sys

import minimalmodbus

meter = minimalmodbus.Instrument(sys.argv[1], 1)
meter.serial.baudrate = 9600
meter.serial.timeout = 1
print("voltage", round(meter.read_float(0, functioncode=4), 1), "frequency", round(meter.read_float(0x46, functioncode=4), 1))
