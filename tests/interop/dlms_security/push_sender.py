#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-only
"""A meter that reports by itself, by pydlms (the PyPI package pydlms-client): sends notifications to tcp:HOST:PORT or
udp:HOST:PORT, and prints each as a JSON line, to be compared with what the listener makes of it.

    push_sender.py tcp:127.0.0.1:4059 --wrapper --policy authenticated-encrypted --form template --count 3

HDLC carries them in UI frames, the wrapper (--wrapper, and UDP always) as they are. Keys and titles are those of options.py.
"""
import argparse
import datetime
import json
import os
import socket
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from options import add_general_args, add_security_args, complete  # noqa: E402

from pydlms_keys import KEY_INFO, context  # noqa: E402
from pydlms import DlmsData, ObisCode  # noqa: E402
from pydlms.apdu import sn, xdlms  # noqa: E402
from pydlms.apdu.gbt import GbtBlock, encode_gbt  # noqa: E402
from pydlms.cosem.time import CosemDateTime  # noqa: E402
from pydlms.hdlc.address import HdlcAddress  # noqa: E402
from pydlms.hdlc.framing import LLC_REQUEST, LLC_RESPONSE, FrameType, HdlcFrame, encode_frame  # noqa: E402
from pydlms.push import PushDecoder  # noqa: E402
from pydlms.security.ciphering import wrap, wrap_general_glo  # noqa: E402
from pydlms.security.general import wrap_general_ciphering, wrap_general_signing  # noqa: E402
from pydlms.wrapper import encode_wrapper  # noqa: E402

PUSH_SETUP = "0.0.25.9.0.255"
UNITS = {27: "W", 30: "Wh", 33: "A", 35: "V"}
LLC = {"response": LLC_RESPONSE, "request": LLC_REQUEST, "none": b""}


def octets(value):
    return DlmsData.octet_string(value)


def moment(number):
    """12:00, 12:15 and so on."""
    when = datetime.datetime(2026, 1, 1, 12) + datetime.timedelta(minutes=15 * number)
    return when, CosemDateTime.from_datetime(when).to_bytes()[:9] + b"\x80\x00\x00"


def objects(args, number):
    """What is reported: class, name, short name, attribute, the value, and the scaler and unit where it has them."""
    when, stamp = moment(number)
    items = [(1, "0.0.96.1.0.255", 0x300, octets(args.serial.encode()), None, args.serial),
             (8, "0.0.1.0.0.255", 0x400, octets(stamp), None, when.isoformat()),
             (3, "1.0.1.8.0.255", 0x500, DlmsData.uint32(1234567 + number), (1, 30), (1234567 + number) * 10),
             (3, "1.0.32.7.0.255", 0x600, DlmsData.uint16(2301 + number), (-1, 35), (2301 + number) / 10)]
    while len(items) < args.objects:
        n = len(items)
        value = 1000 * n + number
        items.append((3, f"1.0.{n % 250}.{8 + n // 250}.0.255", 0x600 + 8 * n, DlmsData.uint32(value), (0, 30), value))
    return items[:args.objects]


def scaler_unit(pair):
    return DlmsData.structure([DlmsData.int8(pair[0]), DlmsData.enum(pair[1])])


def body(args, items):
    """The body of a data notification, in one of the forms that meters have."""
    definitions, values, pairs, structures = [(40, PUSH_SETUP, 2)], [], [], []
    for cid, name, _, data, scaling, _ in items:
        ln = octets(ObisCode.parse(name).to_bytes())
        scaled = [scaler_unit(scaling)] if scaling and args.scalers else []
        definitions.append((cid, name, 2))
        definitions += [(cid, name, 3)] * len(scaled)
        values += [data, *scaled]
        pairs += [ln, data, *scaled]
        structures.append(DlmsData.structure([ln, data, *scaled]))
    if args.form == "template":
        values.insert(0, DlmsData.array([
            DlmsData.structure([DlmsData.uint16(cid), octets(ObisCode.parse(name).to_bytes()), DlmsData.int8(index), DlmsData.uint16(0)])
            for cid, name, index in definitions]))
    return DlmsData.structure({"template": values, "values": values, "pairs": pairs, "structures": structures}[args.form])


def notification(args, number):
    """The plain APDU, and what is told about it."""
    items = objects(args, number)
    when, stamp = moment(number)
    if args.kind == "event":
        items = items[2:3] or items[:1]
        cid, name, _, data, _, _ = items[0]
        apdu = xdlms.EventNotificationRequest(xdlms.AttributeDescriptor(cid, ObisCode.parse(name), 2), data,
                                              stamp if args.time else None).to_bytes()
    elif args.kind == "report":
        apdu = sn.InformationReportRequest(stamp if args.time else None, [item[2] + 8 for item in items],
                                           [item[3] for item in items]).to_bytes()
    else:
        apdu = xdlms.DataNotification(args.number + number, body(args, items), stamp if args.time else None).to_bytes()
    values = []
    for cid, name, short, data, scaling, value in items:
        raw = data.value.hex().upper() if isinstance(data.value, (bytes, bytearray)) else data.value
        told = {"class": cid, "object": name, "attribute": 2, "raw": raw, "value": value,
                "unit": UNITS.get(scaling[1]) if scaling else None}
        if args.kind == "report":
            told["short_name"] = f"{short + 8:04X}"
        if scaling and (args.kind != "data" or args.form == "values" or not args.scalers):
            told.update(value=raw, unit=None)
        if args.kind == "data" and args.form == "values" or args.kind == "report":
            told["named"] = False
        values.append(told)
    return apdu, {"kind": {"data": "data-notification", "event": "event-notification", "report": "information-report"}[args.kind],
                  "number": args.number + number if args.kind == "data" else None, "time": when.isoformat() if args.time else None,
                  "form": args.form if args.kind == "data" else None, "values": values, "plain": apdu.hex().upper()}


def protect(args, security, apdu, told):
    """The APDU as it goes, and in which blocks."""
    counter = security.invocation_counter
    if args.general_ciphering:
        apdu = wrap_general_ciphering(security, apdu, args.client_title.encode(), KEY_INFO[args.general_ciphering],
                                      transaction_id=os.urandom(8) if args.general_ciphering == "static" else b"")
    elif args.policy != "none":
        apdu = wrap(security, apdu) if args.kind != "data" and not args.general else wrap_general_glo(security, apdu)
    if args.general_signing:
        apdu = wrap_general_signing(security, apdu, args.client_title.encode())
    told.update(ciphered=args.policy != "none" or bool(args.general_ciphering), title=args.title.encode().hex().upper(),
                counter=counter if args.policy != "none" or args.general_ciphering else None)
    if not args.gbt:
        return [apdu]
    parts = [apdu[n:n + args.gbt] for n in range(0, len(apdu), args.gbt)]
    return [encode_gbt(GbtBlock(n == len(parts), n != len(parts), args.gbt_window, n, 0, part)) for n, part in enumerate(parts, 1)]


def frames(args, apdu):
    """An APDU in what carries it."""
    if args.wrapper:
        return [encode_wrapper(args.logical, args.client, apdu)]
    content = LLC[args.llc] + apdu
    parts = [content[n:n + args.info_field] for n in range(0, len(content), args.info_field)]
    server = HdlcAddress.server(args.logical, args.physical or None)
    return [encode_frame(HdlcFrame(HdlcAddress.client(args.client), server, FrameType.UI, part, n < len(parts)))
            for n, part in enumerate(parts, 1)]


class Sender:
    """The way to the listener. A TCP connection serves for all notifications, or for one."""

    def __init__(self, args):
        kind, host, port = args.link.split(":")
        self.args, self.udp, self.where, self.socket = args, kind == "udp", (host, int(port)), None

    def send(self, packets):
        if self.udp:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
                for packet in packets:
                    line.sendto(packet, self.where)
            return
        if self.socket is None:
            self.socket = self.connect()
        size = self.args.split
        for packet in packets:
            for n in range(0, len(packet), size or len(packet)):
                self.socket.sendall(packet[n:n + size] if size else packet)
                if size:
                    time.sleep(0.005)
        if self.args.apart:
            self.close()

    def connect(self):
        """A listener may still be on its way."""
        end = time.monotonic() + self.args.timeout
        while True:
            try:
                line = socket.create_connection(self.where, self.args.timeout)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return line
            except ConnectionRefusedError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def close(self):
        """Ends our side, and gives the listener time to take everything."""
        line, self.socket = self.socket, None
        if line is None:
            return
        try:
            line.shutdown(socket.SHUT_WR)
            line.settimeout(1)
            while line.recv(4096):
                pass
        except OSError:
            pass
        line.close()


def listen(args):
    """pydlms takes what comes."""
    kind, host, port = args.link.split(":")
    security = context(args, "client", "server", args.client_title.encode(), args.title.encode())
    decoder, done = PushDecoder(framing="wrapper" if args.wrapper else "hdlc", security=security), 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind((host, int(port)))
        line.settimeout(args.timeout)
        if kind == "tcp":
            line.listen()
        print(f"ready: {kind}:{host}:{line.getsockname()[1]}", flush=True)
        way = None if kind == "tcp" else line
        while done < args.count:
            way = way or line.accept()[0]
            way.settimeout(args.timeout)
            part = way.recv(65536)
            if not part:
                way = None
                continue
            for message in decoder.feed(part):
                done += 1
                print(json.dumps({"values": [{"object": str(record.obis) if record.obis else None, "value": plain(record.value)}
                                             for record in message.records], "counter": message.invocation_counter}), flush=True)


def plain(value):
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).hex().upper()
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value if isinstance(value, (int, float, str, bool, type(None))) else str(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("link", help="tcp:HOST:PORT or udp:HOST:PORT")
    add_security_args(parser)
    add_general_args(parser)
    parser.add_argument("--title", default="GRX00001", help="system title of the meter, eight characters")
    parser.add_argument("--client-title", default="TECH0001",
                        help="system title of the listener, for --general-ciphering and --general-signing")
    parser.add_argument("--client", type=int, default=16, help="client address")
    parser.add_argument("--serial", default="88000017")
    parser.add_argument("--kind", choices=("data", "event", "report"), default="data",
                        help="data notification, event notification (of the energy), or information report by short names")
    parser.add_argument("--form", choices=("template", "values", "pairs", "structures"), default="template",
                        help="body of a data notification: the push object list and the values; the values alone; name and value in "
                        "turn; a structure of name and value for each")
    parser.add_argument("--scalers", action=argparse.BooleanOptionalAction, default=True,
                        help="scaler and unit behind each register's value")
    parser.add_argument("--objects", type=int, default=4, help="how many objects it tells; the first are serial, clock, energy, voltage")
    parser.add_argument("--time", action="store_true", help="the notification has a time")
    parser.add_argument("--number", type=int, default=1, help="of the first notification")
    parser.add_argument("--counter", type=int, default=1, help="the first invocation counter")
    parser.add_argument("--count", type=int, default=1, help="how many notifications")
    parser.add_argument("--interval", type=float, default=0, help="seconds between them")
    parser.add_argument("--gbt", type=int, default=0, metavar="OCTETS", help="in general blocks of so many octets")
    parser.add_argument("--gbt-window", type=int, default=0, help="window the blocks name; 0, as nothing is to be confirmed")
    parser.add_argument("--llc", choices=LLC, default="response", help="HDLC: the three octets in front: E6 E7 00, E6 E6 00, none")
    parser.add_argument("--apart", action="store_true", help="TCP: a connection for each notification")
    parser.add_argument("--split", type=int, default=0, metavar="OCTETS", help="TCP: so many octets at a time")
    parser.add_argument("--timeout", type=float, default=10, help="seconds to wait for the other side")
    parser.add_argument("--listen", action="store_true",
                        help="listen on the link instead, and print what pydlms makes of --count notifications")
    args = parser.parse_args()
    complete(args)
    args.wrapper = args.wrapper or args.link.startswith("udp:")
    if args.debug:
        from pydlms import enable_debug
        enable_debug()
    security = context(args, "server", "client", args.title.encode(), args.client_title.encode(), counter=args.counter)
    if args.listen:
        listen(args)
        return
    sender = Sender(args)
    for number in range(args.count):
        if number:
            time.sleep(args.interval)
        apdu, told = notification(args, number)
        blocks = protect(args, security, apdu, told)
        packets = [packet for block in blocks for packet in frames(args, block)]
        sender.send(packets)
        print(json.dumps({**told, "framing": "wrapper" if args.wrapper else "hdlc", "blocks": len(blocks) if args.gbt else 0,
                          "packets": len(packets)}), flush=True)
    sender.close()


if __name__ == "__main__":
    main()
