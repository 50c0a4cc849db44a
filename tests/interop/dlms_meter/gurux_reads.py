#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Reads attributes (CLASS/OBIS:ATTRIBUTE) with the Gurux client under LLS, one GET each as its samples do, and counts."""
import sys
import time

import serial
from gurux_dlms import GXByteBuffer, GXReplyData
from gurux_dlms.enums import Authentication, InterfaceType, ObjectType
from gurux_dlms.objects import GXDLMSObject
from gurux_dlms.secure import GXDLMSSecureClient


class Line:
    def __init__(self, port, client):
        self.dev, self.client = serial.serial_for_url(port, timeout=0.02), client
        self.exchanges = self.octets = 0

    def talk(self, frames):
        reply = GXReplyData()
        for frame in frames if isinstance(frames, list) else [frames]:
            reply.clear()
            self.exchange(frame, reply)
        while reply.isMoreData():
            self.exchange(self.client.receiverReady(reply), reply)
        return reply

    def exchange(self, frame, reply):
        self.dev.write(bytes(frame))
        self.exchanges += 1
        self.octets += len(frame)
        got, end = GXByteBuffer(), time.monotonic() + 5
        while not self.client.getData(got, reply, GXReplyData()):
            if time.monotonic() > end:
                raise TimeoutError
            part = self.dev.read(max(1, self.dev.in_waiting))
            self.octets += len(part)
            got.set(bytearray(part))


def main():
    began = time.monotonic()
    client = GXDLMSSecureClient(True)
    client.interfaceType = InterfaceType.HDLC
    client.clientAddress, client.serverAddress = 32, client.getServerAddress(1, 17)
    client.authentication, client.password = Authentication.LOW, "12345678"
    line = Line(sys.argv[1], client)
    client.parseUAResponse(line.talk(client.snrmRequest()).data)
    client.parseAareResponse(line.talk(client.aarqRequest()).data)
    for item in sys.argv[2:]:
        kind, rest = item.split("/")
        name, index = rest.split(":")
        line.talk(client.read(GXDLMSObject(ObjectType(int(kind)), name), int(index)))
    line.talk(client.disconnectRequest())
    print(f"{line.exchanges} exchanges {line.octets} octets {time.monotonic() - began:.3f} s")


if __name__ == "__main__":
    main()
