#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Reads parts of the profiles of a simulated meter with the Gurux client: rows by entry and rows by range of time.

  gurux_profile.py PORT none|lls|gmac
"""
import datetime
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "dlms_meter"))
from dlms_gurux_client import Line  # noqa: E402
from gurux_dlms.enums import Authentication, InterfaceType, Security  # noqa: E402
from gurux_dlms.GXReplyData import GXReplyData  # noqa: E402
from gurux_dlms.objects import GXDLMSProfileGeneric  # noqa: E402
from gurux_dlms.secure import GXDLMSSecureClient  # noqa: E402


class Place:
    hex = False

    def __init__(self, port):
        self.port = port


def open_line(port, level):
    client = GXDLMSSecureClient(True)
    client.interfaceType = InterfaceType.HDLC
    client.serverAddress = client.getServerAddress(1, 17)
    if level == "none":
        client.clientAddress, client.authentication = 16, Authentication.NONE
    elif level == "lls":
        client.clientAddress, client.authentication, client.password = 32, Authentication.LOW, "12345678"
    else:
        client.clientAddress, client.authentication = 48, Authentication.HIGH_GMAC
        client.ciphering.security = Security.AUTHENTICATION_ENCRYPTION
        client.ciphering.systemTitle = bytearray(b"TECH0002")
        client.ciphering.invocationCounter = 5000
        client.ciphering.blockCipherKey = bytearray(range(16))
        client.ciphering.authenticationKey = bytearray(range(0xD0, 0xE0))
    line = Line(Place(port), client)
    client.parseUAResponse(line.talk(client.snrmRequest()).data)
    client.parseAareResponse(line.talk(client.aarqRequest()).data)
    if level == "gmac":
        client.parseApplicationAssociationResponse(line.talk(client.getApplicationAssociationRequest()).data)
    return line, client


def utc(row):
    time = row[0].value
    return (time if time.tzinfo else time.replace(tzinfo=datetime.timezone.utc)).astimezone(datetime.timezone.utc)


def rows(line, profile, request):
    profile.buffer = []
    line.client.updateValue(profile, 2, line.talk(request).value)
    return [(utc(row), [str(value) for value in row[1:]]) for row in profile.buffer]


def expect(words, held):
    if not held:
        raise SystemExit(f"not as expected: {words}")


def main():
    port, level = sys.argv[1:]
    line, client = open_line(port, level)
    profile = GXDLMSProfileGeneric("1.0.99.1.0.255")
    line.read(profile, 3)
    line.read(profile, 4)
    every = datetime.timedelta(seconds=profile.capturePeriod)
    whole = rows(line, profile, client.read(profile, 2))
    expect(f"{len(whole)} rows, one a period", all(b[0] - a[0] == every for a, b in zip(whole, whole[1:])))
    for first, count in ((1, 1), (3, 2), (len(whole), 1), (len(whole) - 9, 10)):
        part = rows(line, profile, client.readRowsByEntry(profile, first, count))
        expect(f"entries {first}, {count}: {part}", part == whole[first - 1:first - 1 + count])
    for first, last in ((0, 0), (10, 57), (len(whole) - 3, len(whole) - 1)):
        begin, end = whole[first][0], whole[last][0]
        part = rows(line, profile, client.readRowsByRange(profile, begin, end))
        expect(f"{begin} to {end}: {len(part)} rows from {part[:1]}", part == whole[first:last + 1])
    none = rows(line, profile, client.readRowsByRange(profile, whole[-1][0] + every * 9, whole[-1][0] + every * 10))
    expect(f"a time to come: {none}", none == [])
    log = GXDLMSProfileGeneric("0.0.99.98.0.255")
    line.read(log, 3)
    events = rows(line, log, client.read(log, 2))
    expect("events", len(events) > 0)
    part = rows(line, log, client.readRowsByRange(log, events[0][0], events[0][0]))
    expect(f"events of one moment: {part}", part and all(event[0] == events[0][0] for event in part))
    line.talk(client.disconnectRequest(), GXReplyData())
    print(f"{len(whole)} rows, parts by entry and by range are the same")


if __name__ == "__main__":
    main()
