#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""A DLMS/COSEM client by Gurux (the PyPI package gurux-dlms) for tests of security: judges a server of any make.

Opens an association with the options' mechanism, suite and protection, reads the serial and the energy, and does what
else is asked for, in this order: transfer keys, change the secret, activate a policy, transfer an image. One JSON line
for each step. Ends with 0 when all went well, else with 1 and a line {"step": …, "error": …}.
"""
import argparse
import datetime
import hashlib
import json
import os
import socket
import sys
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gurux_security import (KEY_NAMES, MECHANISMS, POLICIES, add_security_args, buffer, complete, long_length,  # noqa: E402
                            name_of, private_key, public_key, wrap)

from gurux_dlms import GXByteBuffer, GXReplyData  # noqa: E402
from gurux_dlms._GXAPDU import _GXAPDU  # noqa: E402
from gurux_dlms.enums import Authentication, Command, Conformance, DataType, InterfaceType  # noqa: E402
from gurux_dlms.GXCiphering import GXCiphering  # noqa: E402
from gurux_dlms.GXDLMSException import GXDLMSException  # noqa: E402
from gurux_dlms.internal._GXCommon import _GXCommon  # noqa: E402
from gurux_dlms.objects import (GXDLMSAssociationLogicalName, GXDLMSData, GXDLMSDisconnectControl,  # noqa: E402
                                GXDLMSImageTransfer, GXDLMSProfileGeneric, GXDLMSRegister, GXDLMSSecuritySetup)
from gurux_dlms.secure import GXDLMSSecureClient  # noqa: E402

#: answers under a dedicated key: ded-get-response, ded-set-response, ded-action-response, general-ded-ciphering
DED = (0xD4, 0xD5, 0xD7, 0xDC)


class Line:
    """A TCP connection, and the exchange of Gurux's frames over it."""

    def __init__(self, args, client):
        host, port = args.link.removeprefix("tcp:").rsplit(":", 1)
        self.args, self.client = args, client
        self.socket = socket.create_connection((host, int(port)), 10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def exchange(self, frame, reply):
        if self.args.debug:
            print("   ->", bytes(frame).hex(" "), file=sys.stderr)
        self.socket.sendall(bytes(frame))
        got, notify, end = GXByteBuffer(), GXReplyData(), time.monotonic() + self.args.timeout
        while not self.client.getData(got, reply, notify):
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            part = self.socket.recv(4096)
            if not part:
                raise ConnectionError("the server closed the connection")
            if self.args.debug:
                print("   <-", part.hex(" "), file=sys.stderr)
            got.set(bytearray(part))
        if reply.error:
            raise GXDLMSException(reply.error)

    def talk(self, frames, reply=None):
        reply = reply or GXReplyData()
        for frame in frames if isinstance(frames, list) else [frames]:
            reply.clear()
            self.exchange(frame, reply)
        while reply.isMoreData():
            self.exchange(self.client.receiverReady(reply), reply)
        return reply

    def read(self, item, index):
        reply = self.talk(self.client.read(item, index))
        return self.client.updateValue(item, index, reply.value)


def make_client(args):
    client = GXDLMSSecureClient(not args.short_names)
    if args.short_names:
        # The package takes blocks, and does not say so.
        client.proposedConformance |= Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ
        # The next block of a read is asked for with the service that was never noted. A method goes as a write, which has no
        # answer but a result; the challenge's has one, so that goes as a read with a parameter.
        client.settings.command = Command.READ_REQUEST
        method = client._GXDLMSClient__method

        def call(name, kind, index, value, data_type=DataType.NONE):
            if name != 0xFA00:
                return method(name, kind, index, value, data_type)
            data = buffer([0])
            _GXCommon.setData(client.settings, data, data_type, value)
            return client._read(0xFA58, kind, 1, data)  # pylint: disable=protected-access

        client._GXDLMSClient__method = call
    client.interfaceType = InterfaceType.WRAPPER if args.wrapper else InterfaceType.HDLC
    client.clientAddress = args.client
    client.serverAddress = args.logical if args.wrapper else client.getServerAddress(args.logical, args.physical)
    client.authentication = MECHANISMS[args.auth]
    client.password = args.password if args.auth == "lls" else args.secret.encode()
    client.maxReceivePDUSize = args.pdu
    client.hdlcSettings.windowSizeTX = client.hdlcSettings.windowSizeRX = args.hdlc_window
    client.hdlcSettings.maxInfoTX = client.hdlcSettings.maxInfoRX = args.info_field
    wanted = client.proposedConformance & ~(Conformance.GENERAL_PROTECTION | Conformance.GENERAL_BLOCK_TRANSFER)
    if args.gbt:
        wanted |= Conformance.GENERAL_BLOCK_TRANSFER
        client.gbtWindowSize = args.gbt
    client.proposedConformance = wanted | Conformance.GENERAL_PROTECTION if args.general else wanted
    cipher = client.ciphering
    cipher.security = POLICIES[args.policy]
    cipher.securitySuite = args.suite
    cipher.systemTitle = bytearray(args.client_title.encode())
    cipher.invocationCounter = args.counter
    cipher.blockCipherKey, cipher.authenticationKey = args.guek, args.gak
    if args.dedicated:
        cipher.dedicatedKey = bytearray(os.urandom(len(args.guek)))
    if args.auth == "hls-ecdsa":
        cipher.signingKeyPair = (public_key(args.server_signing), private_key(args.client_signing))
    if MECHANISMS[args.auth] > Authentication.LOW:
        client.settings.useCustomChallenge = True
        client.ctoSChallenge = bytearray(os.urandom(args.challenge))
    return client


class Session:
    def __init__(self, args):
        self.args, self.client, self.step = args, make_client(args), "connect"
        self.seen, self.in_session, self.names = set(), set(), None
        self.watch()
        self.line = Line(args, self.client)

    def watch(self):
        """Keeps what protects each APDU the server sends, so that a server that falls short is found."""
        decrypt = GXCiphering.decrypt

        def watched(settings, parameters, data):
            tag = data.getUInt8(data.position)
            if tag in DED:
                parameters.blockCipherKey = settings.cipher.dedicatedKey
            elif tag != 0x28:
                parameters.blockCipherKey = settings.cipher.blockCipherKey
            plain = decrypt(settings, parameters, data)
            self.seen.add((f"{tag:#04x}", name_of(POLICIES, parameters.security), int(parameters.securitySuite)))
            if self.step not in ("connect", "associate", "hls"):
                self.in_session.add(f"{tag:#04x}")
            return plain

        GXCiphering.decrypt = watched
        generate = _GXAPDU.generateAarq.__func__

        def generated(cls, settings, cipher, encrypted, data):
            generate(cls, settings, cipher, encrypted, data)
            apdu = long_length(data.array())
            data.clear()
            data.set(apdu)

        _GXAPDU.generateAarq = classmethod(generated)

    def tell(self, step, **fields):
        self.step = step
        print(json.dumps({"step": step, **fields}), flush=True)

    def begin(self, step):
        self.step = step

    def open(self):
        client, line = self.client, self.line
        if not self.args.wrapper:
            client.parseUAResponse(line.talk(client.snrmRequest()).data)
        self.begin("associate")
        client.parseAareResponse(line.talk(client.aarqRequest()).data)
        if client.authentication > Authentication.LOW:
            self.begin("hls")
            client.parseApplicationAssociationResponse(line.talk(client.getApplicationAssociationRequest()).data)
        title = client.settings.sourceSystemTitle
        self.tell("associated", mechanism=self.args.auth, suite=self.args.suite, policy=self.args.policy,
                  server_title=bytes(title).hex().upper() if title else None, max_pdu=client.maxReceivePDUSize,
                  general=bool(client.negotiatedConformance & Conformance.GENERAL_PROTECTION),
                  dedicated=bool(client.ciphering.dedicatedKey))

    def named(self, item):
        """The object with its short name, where those are used."""
        if self.args.short_names:
            if not self.names:
                found = self.client.parseObjects(self.line.talk(self.client.getObjectsRequest()).data, False, False)
                self.names = {(int(one.objectType), one.logicalName): one.shortName for one in found}
            item.shortName = self.names[int(item.objectType), item.logicalName]
        return item

    def exercise(self):
        """Writes, methods and selective access; the profile is long, so it comes in blocks."""
        client, line, text = self.client, self.line, b"W" * self.args.write_size
        self.begin("write")
        item = self.named(GXDLMSData("0.0.42.0.0.255"))
        item.value = bytearray(text)
        item.setDataType(2, DataType.OCTET_STRING)
        line.talk(client.write(item, 2))
        self.tell("write", read=bytes(line.read(item, 2)) == text, size=len(text))
        self.begin("switch")
        switch, states = self.named(GXDLMSDisconnectControl("0.0.96.3.10.255")), []
        for frames in (switch.remoteDisconnect, switch.remoteReconnect):
            line.talk(frames(client))
            states.append(bool(line.read(switch, 2)))
        self.tell("switch", states=states)
        self.begin("profile")
        profile = self.named(GXDLMSProfileGeneric("1.0.99.1.0.255"))
        line.read(profile, 3)
        whole = line.talk(client.read(profile, 2)).value
        begin, end = datetime.datetime(2025, 12, 30, 22, 45), datetime.datetime(2025, 12, 31, 1, 0)
        ranged = line.talk(client.readRowsByRange(profile, begin, end)).value
        # Gurux counts the columns of an entry descriptor from the last one when none are named.
        entries = line.talk(client.readRowsByEntry(profile, 3, 5, profile.captureObjects)).value
        self.tell("profile", rows=len(whole), first=plain(whole[0]), last=plain(whole[-1]), by_range=ranged == whole[50:60],
                  by_entry=entries == whole[2:7])

    def read(self):
        self.begin("read")
        serial = self.line.read(self.named(GXDLMSData("0.0.96.1.0.255")), 2)
        energy = self.named(GXDLMSRegister("1.0.1.8.0.255"))
        self.line.read(energy, 3)
        self.tell("read", serial=bytes(serial).decode() if isinstance(serial, (bytes, bytearray)) else serial,
                  energy=self.line.read(energy, 2), unit=int(energy.unit))
        for text in self.args.get:
            class_id, name, index = text.replace(":", "/").split("/")
            from gurux_dlms.objects import GXDLMSObject
            value = self.line.talk(self.client.read(self.named(GXDLMSObject(int(class_id), name)), int(index))).value
            self.tell("get", what=text, value=plain(value))
        if self.args.objects:
            self.begin("objects")
            found = self.client.parseObjects(self.line.talk(self.client.getObjectsRequest()).data, False)
            self.tell("objects", objects=[f"{int(item.objectType)}/{item.logicalName}" for item in found])
        if self.args.security_setup:
            self.begin("security-setup")
            setup = GXDLMSSecuritySetup("0.0.43.0.0.255")
            setup.version = self.args.setup_version
            for index in range(2, 7 if setup.version else 6):
                self.line.read(setup, index)
            self.tell("security-setup", policy=int(setup.securityPolicy), suite=int(setup.securitySuite),
                      client=bytes(setup.clientSystemTitle or b"").hex().upper(),
                      server=bytes(setup.serverSystemTitle or b"").hex().upper(), certificates=len(setup.certificates))

    def transfer_keys(self):
        """key_transfer; Gurux's own way to build it takes master keys of 16 octets only."""
        self.begin("key-transfer")
        numbers = {name: number for number, name in KEY_NAMES.items()}
        keys = [(numbers[name], bytes.fromhex(key)) for name, key in (text.split("=", 1) for text in self.args.transfer_key)]
        setup = GXDLMSSecuritySetup("0.0.43.0.0.255")
        if len(self.args.kek) == 16:
            self.line.talk(setup.globalKeyTransfer(self.client, self.args.kek, [(n, bytearray(key)) for n, key in keys]))
        else:
            bb = buffer([DataType.ARRAY, len(keys)])
            for number, key in keys:
                bb.set(bytearray([DataType.STRUCTURE, 2]))
                _GXCommon.setData(None, bb, DataType.ENUM, number)
                _GXCommon.setData(None, bb, DataType.OCTET_STRING, bytearray(wrap(self.args.kek, key)))
            self.line.talk(self.client.method(setup, 2, bb.array(), DataType.ARRAY))
        for number, key in keys:
            if self.args.keys_later:
                break
            if number == 0:
                self.client.ciphering.blockCipherKey = bytearray(key)
            elif number == 2:
                self.client.ciphering.authenticationKey = bytearray(key)
        self.tell("key-transfer", keys=[KEY_NAMES[number] for number, _ in keys])

    def change_secret(self):
        self.begin("secret")
        item = GXDLMSAssociationLogicalName("0.0.40.0.0.255")
        item.secret = bytearray(self.args.new_secret.encode())
        item.authenticationMechanismName.mechanismId = self.client.authentication
        if self.args.auth == "lls":
            item.setDataType(7, DataType.OCTET_STRING)
            self.line.talk(self.client.write(item, 7))
        else:
            secret = bytearray(wrap(self.args.kek, item.secret)) if self.args.wrapped_secret else item.secret
            self.line.talk(self.client.method(item, 2, secret, DataType.OCTET_STRING))
        self.tell("secret", changed=True)

    def activate_policy(self):
        self.begin("activate-policy")
        self.line.talk(self.client.method(GXDLMSSecuritySetup("0.0.43.0.0.255"), 1, self.args.activate_policy, DataType.ENUM))
        self.tell("activate-policy", value=self.args.activate_policy)

    def patiently(self, image, frames, done):
        """Verify and activate may take their time: the status is polled."""
        try:
            return self.line.talk(frames)
        except GXDLMSException as problem:
            if int(problem.errorCode) != 2:
                raise
        for _ in range(50):
            if int(self.line.read(image, 6)) == done:
                return None
            time.sleep(0.05)
        raise TimeoutError("the image is not ready")

    def transfer_image(self):
        self.begin("image")
        with open(self.args.image, "rb") as file:
            data = file.read()
        image, line, client = GXDLMSImageTransfer("0.0.44.0.0.255"), self.line, self.client
        if not line.read(image, 5):
            image.imageTransferEnabled = True
            line.talk(client.write(image, 5))
        size = int(line.read(image, 2))
        line.talk(image.imageTransferInitiate(client, self.args.image_identifier, len(data)))
        blocks = [data[n:n + size] for n in range(0, len(data), size)]
        for number in range(len(blocks)):
            self.send_block(image, number, blocks[number])
        again = 0
        while (number := int(line.read(image, 4))) < len(blocks):
            again += 1
            if again > 10 * len(blocks):
                raise RuntimeError(f"block {number} is lost time after time")
            self.send_block(image, number, blocks[number])
        status = line.read(image, 3)
        self.patiently(image, image.imageVerify(client), 3)
        self.tell("image-verify", blocks=len(blocks), again=again, status=str(status), image_status=int(line.read(image, 6)),
                  sha256=hashlib.sha256(data).hexdigest())
        self.begin("image-activate")
        self.patiently(image, image.imageActivate(client), 6)
        self.tell("image-activate", image_status=int(line.read(image, 6)))

    def send_block(self, image, number, value):
        bb = buffer([DataType.STRUCTURE, 2])
        _GXCommon.setData(None, bb, DataType.UINT32, number)
        _GXCommon.setData(None, bb, DataType.OCTET_STRING, bytearray(value))
        self.line.talk(self.client.method(image, 2, bb.array(), DataType.STRUCTURE))

    def close(self):
        self.begin("close")
        self.tell("seen", protected=sorted(self.seen))
        self.fall_short()
        # A release by short names would go ciphered as a whole, as no release does.
        release = () if self.args.short_names and self.args.policy != "none" else (self.client.releaseRequest,)
        for make in (*release, self.client.disconnectRequest):
            request = make()
            if request:
                self.line.talk(request)
        self.tell("closed")

    def fall_short(self):
        """A server must answer with the protection and the suite that were asked for."""
        if self.args.policy == "none":
            return
        for tag, policy, suite in self.seen:
            # A dedicated key is authenticated and encrypted whatever the policy, and so may be the answer to it.
            if tag == "0x28" and self.args.dedicated and policy == "authenticated-encrypted":
                continue
            if policy != self.args.policy or suite != self.args.suite:
                raise RuntimeError(f"{tag} came {policy} in suite {suite}")
        # In the steps of HLS Gurux still uses the global key and the tag of the service, whatever was agreed.
        plainly = {"0x2c", "0x2d"} if self.args.short_names else {"0xcc", "0xcd", "0xcf"}
        wanted = {(False, False): plainly, (True, False): {"0xdb"}, (False, True): {"0xd4", "0xd5", "0xd7"},
                  (True, True): {"0xdc"}}[self.args.general, self.args.dedicated]
        if not self.in_session or self.in_session - wanted:
            raise RuntimeError(f"answers came as {sorted(self.in_session)}")


def plain(value):
    if isinstance(value, (bytes, bytearray)):
        return value.hex().upper()
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value if isinstance(value, (int, float, str, bool, type(None))) else str(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("link", help="tcp:HOST:PORT")
    add_security_args(parser)
    parser.add_argument("--client", type=int, help="client address; default 16 without authentication, 32 with LLS, 48 with HLS")
    parser.add_argument("--client-title", default="TECH0001", help="system title of the client, eight characters")
    parser.add_argument("--counter", type=int, default=1000, help="the first invocation counter")
    parser.add_argument("--timeout", type=float, default=10)
    parser.add_argument("--get", action="append", default=[], metavar="CLASS/NAME:ATTRIBUTE", help="read this as well")
    parser.add_argument("--objects", action="store_true", help="read the object list")
    parser.add_argument("--security-setup", action="store_true", help="read class 64")
    parser.add_argument("--setup-version", type=int, choices=(0, 1), default=1, help="version of class 64")
    parser.add_argument("--transfer-key", action="append", default=[], metavar="NAME=HEX", help="GUEK, GBEK, GAK or KEK")
    parser.add_argument("--keys-later", action="store_true", help="go on with the old keys until the association ends")
    parser.add_argument("--new-secret", metavar="TEXT", help="LLS: write attribute 7; HLS: change_HLS_secret")
    parser.add_argument("--wrapped-secret", action="store_true", help="wrap the new HLS secret with the master key")
    parser.add_argument("--activate-policy", type=int, metavar="VALUE", help="security_activate")
    parser.add_argument("--short-names", action="store_true", help="short-name referencing")
    parser.add_argument("--hdlc-window", type=int, default=1, metavar="N", help="propose windows of N frames")
    parser.add_argument("--gbt", type=int, default=0, metavar="WINDOW", help="propose general block transfer")
    parser.add_argument("--exercise", action="store_true", help="write, use the switch, read the load profile in three ways")
    parser.add_argument("--write-size", type=int, default=64, help="octets written by --exercise")
    parser.add_argument("--image", metavar="FILE", help="transfer and activate this image")
    parser.add_argument("--image-identifier", default="FIRMWARE")
    args = parser.parse_args()
    complete(args)
    mechanism = MECHANISMS[args.auth]
    args.client = args.client or (16 if mechanism == 0 and args.policy == "none" else 32 if mechanism == 1 else 48)
    session = None
    try:
        session = Session(args)
        session.open()
        session.read()
        if args.exercise:
            session.exercise()
        if args.transfer_key:
            session.transfer_keys()
        if args.new_secret:
            session.change_secret()
        if args.activate_policy is not None:
            session.activate_policy()
        if args.image:
            session.transfer_image()
        if args.transfer_key or args.new_secret:
            session.read()
        session.close()
    except Exception as problem:  # whatever the server made Gurux raise is the verdict
        if args.debug:
            traceback.print_exc()
        print(json.dumps({"step": session.step if session else "connect", "error": f"{type(problem).__name__}: {problem}"}), flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
