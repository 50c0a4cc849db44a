#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""A meter that reports by itself, by Gurux (the PyPI package gurux-dlms, GXDLMSSecureNotify): sends notifications to
tcp:HOST:PORT or udp:HOST:PORT, and prints each as a JSON line. Options and lines are those of push_sender.py, as far as Gurux
goes: the forms template and values; blocks by --gbt; protection by general-glo-ciphering.
"""
import argparse
import datetime
import json
import os
import socket
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gurux_security import POLICIES, add_security_args, buffer, complete  # noqa: E402

from gurux_dlms import GXDateTime, GXReplyData  # noqa: E402
from gurux_dlms.enums import Conformance, DataType, InterfaceType, Security  # noqa: E402
from gurux_dlms.objects import GXDLMSCaptureObject, GXDLMSClock, GXDLMSData, GXDLMSPushSetup, GXDLMSRegister  # noqa: E402
from gurux_dlms.secure import GXDLMSSecureClient, GXDLMSSecureNotify  # noqa: E402

UNITS = {30: "Wh", 35: "V"}


class Register(GXDLMSRegister):
    """Gurux divides by the scaler into a float, which it then cannot write as an integer."""

    def getValue(self, settings, e):
        return self.value if e.index == 2 else super().getValue(settings, e)


def make_notify(args):
    server = args.logical << 7 | args.physical if not args.wrapper and args.physical else args.logical
    notify = GXDLMSSecureNotify(True, args.client, server, InterfaceType.WRAPPER if args.wrapper else InterfaceType.HDLC)
    notify.maxReceivePDUSize = args.gbt or 0xFFFF
    notify.hdlcSettings.maxInfoTX = args.info_field
    if args.gbt:
        notify.conformance |= Conformance.GENERAL_BLOCK_TRANSFER
    cipher = notify.ciphering
    cipher.systemTitle = bytearray(args.title.encode())
    cipher.security, cipher.securitySuite = POLICIES[args.policy], args.suite
    cipher.blockCipherKey, cipher.authenticationKey = args.guek, args.gak
    cipher.invocationCounter = args.counter
    return notify


def objects(args, number):
    """Gurux's objects with their attributes, and what is told of each."""
    when = datetime.datetime(2026, 1, 1, 12) + datetime.timedelta(minutes=15 * number)
    serial = GXDLMSData("0.0.96.1.0.255")
    serial.value = bytearray(args.serial.encode())
    serial.setDataType(2, DataType.OCTET_STRING)
    clock = GXDLMSClock("0.0.1.0.0.255")
    clock.time = GXDateTime(when)
    clock.setDataType(2, DataType.OCTET_STRING)
    told = [(serial, 2, {"raw": args.serial.encode().hex().upper(), "value": args.serial, "unit": None}),
            (clock, 2, {"raw": None, "value": when.isoformat(), "unit": None})]
    for name, raw, kind, exponent, unit in (("1.0.1.8.0.255", 1234567 + number, DataType.UINT32, 1, 30),
                                            ("1.0.32.7.0.255", 2301 + number, DataType.UINT16, -1, 35)):
        item = Register(name)
        item.scaler, item.unit = 10 ** exponent, unit
        item.value = raw
        item.setDataType(2, kind)
        item.setDataType(3, DataType.STRUCTURE)
        told.append((item, 2, {"raw": raw, "value": round(raw * 10 ** exponent, 1), "unit": UNITS[unit]}))
        if args.scalers:
            told.append((item, 3, None))
    return when, told


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("link", help="tcp:HOST:PORT or udp:HOST:PORT")
    add_security_args(parser)
    parser.set_defaults(info_field=1024)
    parser.add_argument("--title", default="GRX00001", help="system title of the meter, eight characters")
    parser.add_argument("--client", type=int, default=16, help="client address")
    parser.add_argument("--serial", default="88000017")
    parser.add_argument("--form", choices=("template", "values"), default="template")
    parser.add_argument("--scalers", action=argparse.BooleanOptionalAction, default=True,
                        help="scaler and unit behind each register's value")
    parser.add_argument("--time", action="store_true", help="the notification has a time")
    parser.add_argument("--counter", type=int, default=1, help="the first invocation counter")
    parser.add_argument("--count", type=int, default=1, help="how many notifications")
    parser.add_argument("--interval", type=float, default=0, help="seconds between them")
    parser.add_argument("--gbt", type=int, default=0, metavar="OCTETS", help="in general blocks, APDUs of so many octets")
    parser.add_argument("--timeout", type=float, default=10, help="seconds to wait for the other side")
    parser.add_argument("--listen", action="store_true",
                        help="listen on the link instead, and print what Gurux makes of --count notifications")
    args = parser.parse_args()
    complete(args)
    if args.gbt and args.policy != "none":
        parser.error("Gurux never marks the last block of a ciphered notification")
    if args.listen:
        listen(args)
        return
    kind, host, port = args.link.split(":")
    args.wrapper = args.wrapper or kind == "udp"
    notify, line = make_notify(args), None
    for number in range(args.count):
        if number:
            time.sleep(args.interval)
        when, told = objects(args, number)
        setup = GXDLMSPushSetup("0.0.25.9.0.255")
        setup.setDataType(2, DataType.ARRAY)
        listed = [(setup, GXDLMSCaptureObject(2, 0))] if args.form == "template" else []
        setup.pushObjectList = listed + [(item, GXDLMSCaptureObject(index, 0)) for item, index, _ in told]
        counter = notify.ciphering.invocationCounter
        packets = [bytes(packet) for packet in notify.generatePushSetupMessages(when if args.time else None, setup)]
        if kind == "udp":
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
                for packet in packets:
                    way.sendto(packet, (host, int(port)))
        else:
            line = line or connect((host, int(port)), args.timeout)
            line.sendall(b"".join(packets))
        values = [{"class": int(item.objectType), "object": item.logicalName, "attribute": index, **more}
                  for item, index, more in told if more]
        if args.form == "values":
            values = [{**value, "named": False} for value in values]
        print(json.dumps({"kind": "data-notification", "time": when.isoformat() if args.time else None, "form": args.form, "values": values,
                          "ciphered": notify.ciphering.security != Security.NONE, "title": args.title.encode().hex().upper(),
                          "counter": counter if args.policy != "none" else None, "framing": "wrapper" if args.wrapper else "hdlc",
                          "packets": len(packets)}), flush=True)
    if line:
        line.shutdown(socket.SHUT_WR)
        line.settimeout(1)
        try:
            while line.recv(4096):
                pass
        except OSError:
            pass
        line.close()


def listen(args):
    """Gurux's client takes what comes."""
    client = GXDLMSSecureClient(True)
    client.interfaceType = InterfaceType.WRAPPER if args.wrapper or args.link.startswith("udp") else InterfaceType.HDLC
    client.clientAddress = args.client
    is_wrapper = client.interfaceType == InterfaceType.WRAPPER
    client.serverAddress = args.logical if is_wrapper else client.getServerAddress(args.logical, args.physical)
    cipher = client.ciphering
    cipher.systemTitle, client.settings.sourceSystemTitle = bytearray(b"TECH0001"), bytearray(args.title.encode())
    cipher.blockCipherKey, cipher.authenticationKey = args.guek, args.gak
    cipher.security, cipher.securitySuite = POLICIES[args.policy], args.suite
    kind, host, port = args.link.split(":")
    got, notify, done, end = b"", GXReplyData(), 0, time.monotonic() + args.timeout
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind((host, int(port)))
        if kind == "tcp":
            line.listen()
        print(f"ready: {kind}:{host}:{line.getsockname()[1]}", flush=True)
        line.settimeout(args.timeout)
        way = line.accept()[0] if kind == "tcp" else line
        while done < args.count and time.monotonic() < end:
            way.settimeout(max(0.01, end - time.monotonic()))
            part = way.recv(65536)
            if not part:
                break
            got += part
            # Gurux gets one frame after the other: of several at once it loses some.
            while len(got) >= 8:
                size = 8 + int.from_bytes(got[6:8], "big") if got[0] == 0 else 2 + (int.from_bytes(got[1:3], "big") & 0x7FF)
                if len(got) < size:
                    break
                frame, got = buffer(got[:size]), got[size:]
                client.getData(frame, GXReplyData(), notify)
                if notify.data.size and not notify.isMoreData():
                    done += 1
                    print(json.dumps({"values": plain(notify.value)}), flush=True)
                    notify.clear()


def plain(value):
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).hex().upper()
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value if isinstance(value, (int, float, str, bool, type(None))) else str(value)


def connect(where, timeout):
    """A listener may still be on its way."""
    end = time.monotonic() + timeout
    while True:
        try:
            return socket.create_connection(where, timeout)
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    main()
