#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""A DLMS/COSEM meter over TCP for tests of security: every authentication, three suites, key transfer, image transfer.

Gurux (the PyPI package gurux-dlms) does the framing, the ACSE and xDLMS encoding, the A-XDR data, the ciphers, the
hashes and the signatures. The server's behaviour around them is here and in ../dlms_meter/dlms_meter.py.

Any client address associates with the mechanism of --auth; client 16 may also associate without any, and read the
logical device name, the serial and the invocation counter.
"""
import argparse
import hashlib
import json
import os
import signal
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gurux_security import (KEY_NAMES, MECHANISMS, POLICIES, add_security_args, buffer, complete, name_of,  # noqa: E402
                            private_key, proof_input, public_key, unwrap, long_length)
from dlms_meter import Meter, Server  # noqa: E402
from peerlib import TcpPort, log  # noqa: E402

from gurux_dlms import GXByteBuffer, GXReplyData  # noqa: E402
from gurux_dlms._GXAPDU import _GXAPDU  # noqa: E402
from gurux_dlms.AesGcmParameter import AesGcmParameter  # noqa: E402
from gurux_dlms.ConnectionState import ConnectionState  # noqa: E402
from gurux_dlms.GXCiphering import GXCiphering  # noqa: E402
from gurux_dlms.GXDLMS import GXDLMS  # noqa: E402
from gurux_dlms.GXDLMSSettings import GXDLMSSettings  # noqa: E402
from gurux_dlms.GXSecure import GXSecure  # noqa: E402
from gurux_dlms.ecdsa.GXEcdsa import GXEcdsa  # noqa: E402
from gurux_dlms.enums import (Authentication, Command, Conformance, DataType, ErrorCode, InterfaceType,  # noqa: E402
                              ObjectType, Security, SourceDiagnostic)
from gurux_dlms.internal._GXCommon import _GXCommon  # noqa: E402
from gurux_dlms.internal._GXDataInfo import _GXDataInfo  # noqa: E402
from gurux_dlms.objects import (GXDLMSAssociationLogicalName, GXDLMSClock, GXDLMSImageActivateInfo,  # noqa: E402
                                GXDLMSImageTransfer, GXDLMSSecuritySetup)
from gurux_dlms.objects.enums import AssociationStatus  # noqa: E402

DED = {Command.DED_GET_REQUEST, Command.DED_SET_REQUEST, Command.DED_METHOD_REQUEST, Command.GENERAL_DED_CIPHERING}
GENERAL = {Command.GENERAL_GLO_CIPHERING, Command.GENERAL_DED_CIPHERING}
SERVICES = {int(Command.GET_REQUEST): "get", int(Command.SET_REQUEST): "set", int(Command.METHOD_REQUEST): "action",
            int(Command.RELEASE_REQUEST): "release"}
#: exception-response: service not allowed, with one of these errors
NOT_POSSIBLE, DECIPHERING, COUNTER = 1, 5, 6
#: security policy of class 64 version 1 for a request: authenticated, encrypted, and both for a response
POLICY_BITS = {Security.NONE: 0, Security.AUTHENTICATION: 0x24, Security.ENCRYPTION: 0x48,
               Security.AUTHENTICATION_ENCRYPTION: 0x6C}
DENIED, TEMPORARY, OTHER = int(ErrorCode.READ_WRITE_DENIED), int(ErrorCode.TEMPORARY_FAILURE), int(ErrorCode.OTHER_REASON)
UNMATCHED = int(ErrorCode.UNMATCHED_TYPE)


class Refused(Exception):
    """An action's or write's result other than success."""


class SecurityMeter(Meter):
    """The objects of the meter, and what a client can change in them."""

    def __init__(self, args, events):  # pylint: disable=super-init-not-called
        self.args, self.event = args, events
        self.sts = self.waiting = None
        self.serial = args.serial
        self.clock_ahead = self.make_clock_ahead()
        self.objects = []
        self.last_client_ic = self.counter_before = args.counter
        self.keys = {"GUEK": args.guek, "GBEK": bytearray(args.guek), "GAK": args.gak, "KEK": args.kek}
        self.secret = (args.password if args.auth == "lls" else args.secret).encode()
        self.policy = POLICIES[args.policy]
        self.certificates = [read_certificate(path) for path in args.certificate]
        self.title = args.title.encode()
        self.add(self.data("0.0.42.0.0.255", self.title + b"WATTKEY!", DataType.OCTET_STRING))
        self.add(self.data("0.0.96.1.0.255", self.serial.encode(), DataType.OCTET_STRING))
        self.add(self.data("0.0.43.1.0.255", 0, DataType.UINT32))
        self.clock = self.add(GXDLMSClock())
        self.add(self.register("1.0.1.8.0.255", 1234567, 1, 30, DataType.UINT32))
        self.add(self.register("1.0.32.7.0.255", 2301, -1, 35, DataType.UINT16))
        if args.firmware:
            self.add(self.data("1.0.0.2.0.255", args.firmware.encode(), DataType.OCTET_STRING))
        self.setup = self.add(GXDLMSSecuritySetup("0.0.43.0.0.255"))
        self.setup.version = args.setup_version
        self.setup.securitySuite = args.suite
        self.setup.serverSystemTitle = bytearray(self.title)
        self.setup.clientSystemTitle = bytearray()
        self.image = self.add(GXDLMSImageTransfer("0.0.44.0.0.255"))
        self.image.imageBlockSize = args.image_block
        self.image_blocks, self.blocks_seen, self.busy = {}, 0, 0
        self.association = self.add(GXDLMSAssociationLogicalName("0.0.40.0.0.255"))
        self.association.version = 1
        self.association.securitySetupReference = "0.0.43.0.0.255"
        self.association.clientSAP, self.association.serverSAP = 16, args.logical
        self.association.xDLMSContextInfo.cypheringInfo = bytearray()
        for item in self.objects:
            self.association.objectList.append(item)
        self.show_policy()

    @staticmethod
    def make_clock_ahead():
        import datetime
        return datetime.timedelta(0)

    def show_policy(self):
        security = Security(int(self.policy))
        self.setup.securityPolicy = POLICY_BITS[security] if self.args.setup_version else int(security) >> 4

    # -- class 64 -----------------------------------------------------------------------------------------------
    def activate_policy(self, wanted):
        """A policy may become stronger, never weaker."""
        if self.args.setup_version:
            if wanted & ~0xFC:
                raise Refused(OTHER)
            bits = (0x10 if wanted & 0x24 else 0) | (0x20 if wanted & 0x48 else 0)
        else:
            if wanted > 3:
                raise Refused(OTHER)
            bits = wanted << 4
        if int(self.policy) & ~bits:
            raise Refused(DENIED)
        self.policy = Security(bits)
        self.show_policy()
        self.event("policy", policy=name_of(POLICIES, bits), value=wanted)

    def transfer_keys(self, items):
        """Opens each key with the master key that was valid before; all are taken, or none."""
        opened = []
        for item in items:
            key_id, wrapped = int(item[0]), bytes(item[1])
            if key_id not in KEY_NAMES:
                raise Refused(OTHER)
            try:
                key = unwrap(self.keys["KEK"], wrapped)
            except ValueError as problem:
                self.event("key-refused", name=KEY_NAMES[key_id], reason=str(problem))
                raise Refused(OTHER) from None
            if len(key) != (32 if self.args.suite == 2 else 16):
                self.event("key-refused", name=KEY_NAMES[key_id], reason=f"{len(key)} octets")
                raise Refused(UNMATCHED)
            opened.append((KEY_NAMES[key_id], key))
        if not opened:
            raise Refused(OTHER)
        for name, key in opened:
            self.keys[name] = bytearray(key)
            self.event("key", name=name, key=key.hex().upper())

    def list_certificates(self, settings):
        bb = buffer([DataType.ARRAY, len(self.certificates)])
        for entry in self.certificates:
            bb.set(bytearray([DataType.STRUCTURE, 6]))
            _GXCommon.setData(settings, bb, DataType.ENUM, entry["entity"])
            _GXCommon.setData(settings, bb, DataType.ENUM, entry["type"])
            for name in ("serial", "issuer", "subject", "alt"):
                _GXCommon.setData(settings, bb, DataType.OCTET_STRING, bytearray(entry[name]))
        return bb

    def find_certificate(self, wanted):
        kind, by = int(wanted[0]), wanted[1]
        for entry in self.certificates:
            if kind == 0 and (int(by[0]), int(by[1])) == (entry["entity"], entry["type"]) and bytes(by[2]) in (
                    b"", entry["title"]):
                return entry
            # As an ASN.1 integer, as Gurux has it, or its octets alone.
            if kind == 1 and bytes(by[0]) in (entry["serial"], entry["serial"][2:]) and bytes(by[1]) == entry["issuer"]:
                return entry
        raise Refused(OTHER)

    def import_certificate(self, der):
        try:
            entry = parse_certificate(bytes(der))
        except Exception as problem:
            self.event("certificate-refused", reason=str(problem))
            raise Refused(OTHER) from None
        self.certificates.append(entry)
        self.event("certificate", subject=entry["text"], sha256=hashlib.sha256(entry["der"]).hexdigest())

    # -- class 15 -----------------------------------------------------------------------------------------------
    def change_secret(self, value, how):
        value = bytes(value or b"")
        if self.args.wrapped_secret and how == "method":
            try:
                value = unwrap(self.keys["KEK"], value)
            except ValueError as problem:
                self.event("secret-refused", reason=str(problem))
                raise Refused(OTHER) from None
        if not value:
            raise Refused(UNMATCHED)
        self.secret = value
        self.event("secret", how=how, secret=value.hex().upper())

    # -- class 18 -----------------------------------------------------------------------------------------------
    def image_count(self):
        return -(-self.image.imageSize // self.image.imageBlockSize)

    def image_initiate(self, argument):
        if not self.image.imageTransferEnabled:
            raise Refused(DENIED)
        identifier, size = bytes(argument[0]), int(argument[1])
        if not 0 < size <= 16 << 20:
            raise Refused(OTHER)
        self.image.imageSize, self.image_identifier, self.image_blocks, self.blocks_seen = size, identifier, {}, 0
        self.image.imageActivateInfo = []
        self.image.imageTransferStatus = 1
        self.mark_blocks()
        self.event("image-initiate", identifier=identifier.decode("latin-1"), size=size, blocks=self.image_count())

    def mark_blocks(self):
        count = self.image_count()
        self.image.imageTransferredBlocksStatus = "".join("1" if n in self.image_blocks else "0" for n in range(count))
        self.image.imageFirstNotTransferredBlockNumber = next((n for n in range(count) if n not in self.image_blocks), count)

    def image_block(self, argument):
        number, value = int(argument[0]), bytes(argument[1])
        if self.image.imageTransferStatus != 1:
            raise Refused(DENIED)
        last = self.image_count() - 1
        size = self.image.imageSize - last * self.image.imageBlockSize if number == last else self.image.imageBlockSize
        if number > last or len(value) not in {size, self.image.imageBlockSize}:
            self.event("image-block-refused", number=number, size=len(value))
            raise Refused(OTHER)
        self.blocks_seen += 1
        lost = bool(self.args.image_drop and self.blocks_seen % self.args.image_drop == 0)
        if not lost:
            self.image_blocks[number] = value[:size]
        self.mark_blocks()
        self.event("image-block", number=number, size=len(value), lost=lost)

    def image_bytes(self):
        return b"".join(self.image_blocks[n] for n in sorted(self.image_blocks))

    def image_verify(self):
        if self.image.imageTransferStatus not in (1, 2):
            raise Refused(DENIED)
        if len(self.image_blocks) < self.image_count():
            self.image.imageTransferStatus = 4
            self.event("image-verify", ok=False, missing=self.image_count() - len(self.image_blocks))
            raise Refused(OTHER)
        data = self.image_bytes()
        if self.args.image_sha256 and hashlib.sha256(data).hexdigest() != self.args.image_sha256.lower():
            self.image.imageTransferStatus = 4
            self.event("image-verify", ok=False, missing=0)
            raise Refused(OTHER)
        if self.image.imageTransferStatus == 1 and self.args.image_busy:
            self.image.imageTransferStatus, self.busy = 2, self.args.image_busy
            raise Refused(TEMPORARY)
        self.verified()

    def verified(self):
        data = self.image_bytes()
        info = GXDLMSImageActivateInfo()
        info.size, info.identification = len(data), bytearray(self.image_identifier)
        info.signature = bytearray(hashlib.sha256(data).digest())
        self.image.imageActivateInfo = [info]
        self.image.imageTransferStatus = 3
        self.event("image-verify", ok=True, sha256=hashlib.sha256(data).hexdigest())

    def image_activate(self):
        if self.image.imageTransferStatus != 3:
            raise Refused(DENIED)
        if self.args.image_busy:
            self.image.imageTransferStatus, self.busy = 5, self.args.image_busy
            raise Refused(TEMPORARY)
        self.activated()

    def activated(self):
        data = self.image_bytes()
        if self.args.image_out:
            with open(self.args.image_out, "wb") as file:
                file.write(data)
        self.image.imageTransferStatus = 6
        self.event("image-activate", identifier=self.image_identifier.decode("latin-1"), size=len(data),
                   sha256=hashlib.sha256(data).hexdigest())

    def poll_image(self):
        """A status read brings a slow verification or activation on."""
        if self.busy:
            self.busy -= 1
            if not self.busy:
                (self.verified if self.image.imageTransferStatus == 2 else self.activated)()


def parse_certificate(der):
    """What class 64 tells of a certificate. Gurux's own reader fails on extensions marked critical."""
    serial, issuer, subject = der_fields(der)
    name = subject.find(bytes.fromhex("0603550403"))
    name = subject[name + 7:name + 7 + subject[name + 6]].decode() if name >= 0 else ""
    usage = der.find(bytes.fromhex("0603551D0F"))
    bits = der[usage + 5:] if usage >= 0 else b""
    if bits[:3] == b"\x01\x01\xff":
        bits = bits[3:]
    bits = bits[5] if len(bits) > 5 else 0x80
    # The first bit of the usage is digitalSignature, the fifth keyAgreement.
    kind = 0 if bits & 0x80 else 1 if bits & 0x08 else 3
    try:
        title = bytes.fromhex(name)
    except ValueError:
        title = name.encode()
    return {"der": der, "entity": 0, "type": kind, "serial": serial, "issuer": issuer, "subject": subject, "alt": b"",
            "title": title, "text": f"CN={name}"}


def der_fields(der):
    """The encoded serial number, issuer and subject of a certificate."""
    def element(spot):
        size, head = der[spot + 1], 2
        if size & 0x80:
            head += size & 0x7F
            size = int.from_bytes(der[spot + 2:spot + head], "big")
        return spot + head, spot + head + size
    start, _ = element(0)
    spot, _ = element(start)
    found = []
    for _ in range(7):
        first, after = element(spot)
        found.append((der[spot], der[spot:after], der[first:after]))
        spot = after
    if found[0][0] == 0xA0:
        found.pop(0)
    return found[0][1], found[2][1], found[4][1]


def read_certificate(path):
    with open(path, "rb") as file:
        text = file.read()
    if text.startswith(b"-----"):
        import base64
        text = base64.b64decode(b"".join(line for line in text.splitlines() if not line.startswith(b"-----")))
    return parse_certificate(text)


class SecurityServer(Server):
    """The server of dlms_meter.py with every mechanism and suite, and the objects above."""

    def __init__(self, args, meter, event):
        self.event = event
        self.counter = args.server_counter
        self.protection, self.fault, self.hang_up, self.new_keys = None, None, False, False
        self.pieces = self.settings = None
        self.tag, self.security, self.association_policy = 0, 0, Security.NONE
        super().__init__(args, {args.physical: meter})
        self.meter = meter
        self.watch()

    def fresh(self):
        args = self.args
        if self.settings is not None:
            self.counter = max(self.counter, self.settings.cipher.invocationCounter)
        meter = next(iter(self.meters.values()))
        self.settings = GXDLMSSettings(True, None)
        self.settings.interfaceType = InterfaceType.WRAPPER if args.wrapper else InterfaceType.HDLC
        self.llc = b"" if args.wrapper else bytes(_GXCommon.LLC_REPLY_BYTES)
        self.settings.maxServerPDUSize = self.settings.maxPduSize = args.pdu
        wanted = self.settings.proposedConformance
        wanted &= ~(Conformance.ACCESS | Conformance.BLOCK_TRANSFER_WITH_ACTION | Conformance.GENERAL_PROTECTION
                    | Conformance.GENERAL_BLOCK_TRANSFER)
        if args.general:
            wanted |= Conformance.GENERAL_PROTECTION
        if args.action_blocks:
            wanted |= Conformance.BLOCK_TRANSFER_WITH_ACTION
        self.settings.proposedConformance = wanted
        cipher = GXCiphering(bytearray(meter.title))
        cipher.securitySuite = args.suite
        cipher.invocationCounter = self.counter
        cipher.signingKeyPair = (public_key(args.client_signing), private_key(args.server_signing))
        self.settings.cipher = cipher
        self.load_keys(meter)
        self.info, self.inbox, self.outbox = GXReplyData(), GXByteBuffer(), GXByteBuffer()
        self.pending = self.inbound_block = self.last_frame = self.pieces = None
        self.authenticated, self.last_reply, self.protection, self.fault = False, [], None, None

    def load_keys(self, meter):
        self.settings.cipher.blockCipherKey = bytearray(meter.keys["GUEK"])
        self.settings.cipher.authenticationKey = bytearray(meter.keys["GAK"])
        self.new_keys = False

    def watch(self):
        """Sees each APDU that Gurux deciphers: picks the key by the APDU's tag, and keeps what protected it."""
        decrypt = GXCiphering.decrypt

        def watched(settings, parameters, data):
            tag = data.getUInt8(data.position)
            cipher = settings.cipher
            if tag in DED and not cipher.dedicatedKey:
                return self.blame(DECIPHERING, "a dedicated key was not agreed")
            parameters.blockCipherKey = cipher.dedicatedKey if tag in DED else cipher.blockCipherKey
            try:
                plain = decrypt(settings, parameters, data)
            except Exception as problem:
                return self.blame(DECIPHERING, f"{type(problem).__name__}: {problem}")
            counter, suite = int(parameters.invocationCounter), int(parameters.securitySuite)
            if suite != self.args.suite:
                return self.blame(DECIPHERING, f"suite {suite}")
            if bytes(parameters.systemTitle) != bytes(settings.sourceSystemTitle or b""):
                return self.blame(DECIPHERING, "another system title than that of the association")
            if self.args.strict_counter and counter <= self.meter.last_client_ic:
                return self.blame(COUNTER, f"invocation counter {counter}, {self.meter.last_client_ic} was the last")
            self.meter.counter_before, self.meter.last_client_ic = self.meter.last_client_ic, max(self.meter.last_client_ic, counter)
            self.protection = {"tag": tag, "security": int(parameters.security), "counter": counter, "suite": suite}
            return plain

        GXCiphering.decrypt = watched
        cipher0 = GXDLMS.cipher0

        def mirrored(parameters, data):
            """An answer is ciphered as its request was: Gurux decides by what was negotiated, and its client proves itself
            with the global key before it turns to the dedicated one."""
            settings = parameters.settings
            kept = settings.cipher.dedicatedKey, settings.negotiatedConformance, settings.cipher.security
            if self.tag not in DED:
                settings.cipher.dedicatedKey = None
            if self.tag in GENERAL:
                settings.negotiatedConformance |= Conformance.GENERAL_PROTECTION
            else:
                settings.negotiatedConformance &= ~Conformance.GENERAL_PROTECTION
            if self.security:
                settings.cipher.security = Security(self.security)
            try:
                return cipher0(parameters, data)
            finally:
                settings.cipher.dedicatedKey, settings.negotiatedConformance, settings.cipher.security = kept

        GXDLMS.cipher0 = mirrored

    def blame(self, error, words):
        """An APDU that does not decipher: answered with an exception, whatever Gurux thinks."""
        log(f"meter {self.meter.serial}: not deciphered: {words}")
        self.event("not-deciphered", reason=words)
        body = bytes([0xD8, 1, error])
        self.fault = body + (self.meter.last_client_ic.to_bytes(4, "big") if error == COUNTER else b"")
        raise ValueError(words)

    # -- frames -------------------------------------------------------------------------------------------------
    def fresh_frame(self, frame, control):
        self.fault = None
        frames = super().fresh_frame(frame, control)
        if not frames and self.fault:
            self.last_frame = frame
            self.info.clear()
            self.info.data.clear()
            frames = self.burst(0)
        return frames

    def burst(self, control):
        if self.fault:
            self.outbox.clear()
            self.outbox.set(bytearray(self.llc + self.fault))
            self.fault = None
        return super().burst(control)

    def wrapped(self, frame):
        self.fault = None
        frames = super().wrapped(frame)
        if frames and self.fault:
            self.outbox.clear()
            self.outbox.set(bytearray(self.fault))
            frames = [GXDLMS.getWrapperFrame(self.settings, self.info.command, self.outbox)]
        return frames

    # -- association --------------------------------------------------------------------------------------------
    def answer(self, command, data):
        protection, self.protection = self.protection, None
        if command == Command.AARQ:
            return super().answer(command, data)
        self.tag = tag = protection["tag"] if protection else 0
        self.security = protection["security"] if protection else 0
        self.event("request", service=SERVICES.get(int(command), f"{int(command):#x}"),
                   ciphering=("general-" if tag in GENERAL else "") + ("ded" if tag in DED else "glo" if tag else "none"),
                   security=name_of(POLICIES, protection["security"]) if protection else "none",
                   counter=protection["counter"] if protection else None)
        need = 0 if self.settings.authentication == Authentication.NONE and self.settings.clientAddress == 16 else int(self.association_policy)
        have = protection["security"] if protection else 0
        if need & ~have and command != Command.RELEASE_REQUEST:
            self.outbox.set(bytearray(self.llc + bytes([0xD8, 1, NOT_POSSIBLE])))
            return None
        if command == Command.RELEASE_REQUEST:
            self.release(bytes(data.array()))
            return None
        super().answer(command, data)
        if self.new_keys and not self.args.keys_later:
            self.load_keys(self.meter)
        return None

    def associate(self, data):
        settings, meter = self.settings, self.meter
        raw = bytes(data.array())
        spot = raw.find(bytes.fromhex("608574050801"))
        context = raw[spot + 6] if spot >= 0 else 0
        settings.ctoSChallenge = settings.stoCChallenge = settings.password = settings.sourceSystemTitle = None
        settings.authentication = Authentication.NONE
        settings.connected &= ~ConnectionState.DLMS
        settings.cipher.dedicatedKey = None
        settings.cipher.securitySuite = self.args.suite
        self.authenticated, self.pieces = False, None
        self.load_keys(meter)
        self.association_policy = meter.policy
        wanted = MECHANISMS[self.args.auth]
        result, diagnostic, words = 0, 0, ""
        try:
            verdict = _GXAPDU.parsePDU(settings, settings.cipher, data, None)
            if int(verdict):
                result, diagnostic, words = 1, int(verdict), "not understood"
        except Exception as problem:
            if self.args.debug:
                traceback.print_exc()
            result, diagnostic, words = 1, 1, f"{type(problem).__name__}: {problem}"
        self.fault = None
        settings.maxPduSize = min(settings.maxPduSize or self.args.pdu, self.args.pdu)
        protection, self.protection = self.protection, None
        security = int(settings.cipher.security)
        mechanism = int(settings.authentication)
        public = settings.clientAddress == 16 and mechanism == 0 and not security
        if not result and not public:
            result, diagnostic, words = self.judge(mechanism, security, context)
        if not result and wanted > Authentication.LOW and not public:
            diagnostic = int(SourceDiagnostic.AUTHENTICATION_REQUIRED)
        self.event("association", result=result, diagnostic=diagnostic, mechanism=name_of(MECHANISMS, mechanism),
                   mechanism_id=mechanism, context=context, client=settings.clientAddress,
                   client_title=bytes(settings.sourceSystemTitle or b"").hex().upper(), security=name_of(POLICIES, security),
                   suite=protection["suite"] if protection else None, counter=protection["counter"] if protection else None,
                   dedicated=bytes(settings.cipher.dedicatedKey or b"").hex().upper() or None,
                   general=bool(settings.negotiatedConformance & Conformance.GENERAL_PROTECTION), reason=words or None)
        log(f"meter {meter.serial}: association {name_of(MECHANISMS, mechanism)} result {result} diagnostic {diagnostic} {words}")
        if result:
            settings.authentication = Authentication.NONE
            settings.cipher.security = Security.NONE
        else:
            settings.connected |= ConnectionState.DLMS
            if wanted > Authentication.LOW and not public:
                settings.setStoCChallenge(bytearray(os.urandom(self.args.challenge)))
            else:
                self.authenticated = True
            self.describe(mechanism, context)
        self.outbox.set(bytearray(self.llc))
        _GXAPDU.generateAARE(settings, body := GXByteBuffer(), result, diagnostic, settings.cipher, None, None)
        if security and not result:
            settings.cipher.invocationCounter += 1
        body = bytearray(body.array())
        if mechanism in (Authentication.HIGH_SHA256, Authentication.HIGH_ECDSA) and not security and not result:
            # Gurux tells its title with GMAC and with ciphering only; these two prove it as well.
            body[25:25] = b"\xa4\x0a\x04\x08" + bytes(settings.cipher.systemTitle)
        self.outbox.set(long_length(body))
        return None

    def release(self, apdu):
        """A release that proves itself with a ciphered InitiateRequest is answered in kind."""
        settings, spot, told = self.settings, apdu.find(b"\xbe"), b""
        if int(settings.cipher.security) and spot >= 0:
            GXCiphering.decrypt(settings, AesGcmParameter(0, settings.sourceSystemTitle, settings.cipher.blockCipherKey,
                                                          settings.cipher.authenticationKey), buffer(apdu[spot + 4:]))
            told = bytes(_GXAPDU.getUserInformation(settings, settings.cipher))
            settings.cipher.invocationCounter += 1
            told = bytes([0xBE, len(told) + 2, 4, len(told)]) + told
        self.event("release", protected=bool(told))
        self.authenticated = False
        settings.connected = ConnectionState.HDLC
        self.outbox.set(bytearray(self.llc + bytes([0x63, 3 + len(told), 0x80, 1, 0]) + told))
        self.protection = None

    def judge(self, mechanism, security, context):
        """Result, diagnostic and words for an association that was understood."""
        settings, wanted = self.settings, MECHANISMS[self.args.auth]
        if int(self.meter.policy) & ~security:
            return 1, 2, f"the policy asks for more than {name_of(POLICIES, security)}"
        if context == 3 and not security:
            return 1, 2, "a context with ciphering, and no ciphering"
        if mechanism != int(wanted):
            return 1, 14 if mechanism == 0 else 11, f"{self.args.auth} is wanted"
        if wanted == Authentication.LOW and bytes(settings.password or b"") != bytes(self.meter.secret):
            return 1, 13, "another password"
        if wanted > Authentication.LOW and not 8 <= len(settings.ctoSChallenge or b"") <= 64:
            return 1, 13, "a challenge has 8 to 64 octets"
        if wanted in (Authentication.HIGH_SHA256, Authentication.HIGH_GMAC, Authentication.HIGH_ECDSA) and len(
                settings.sourceSystemTitle or b"") != 8:
            return 1, 13, "no title of the client"
        if self.args.dedicated and not settings.cipher.dedicatedKey:
            return 1, 1, "no dedicated key"
        if settings.cipher.dedicatedKey and len(settings.cipher.dedicatedKey) != len(self.meter.keys["GUEK"]):
            return 1, 1, "a dedicated key of another length"
        return 0, 0, ""

    def describe(self, mechanism, context):
        """What the association and the security setup tell of themselves."""
        item, settings = self.meter.association, self.settings
        item.clientSAP, item.applicationContextName.contextId = settings.clientAddress, context
        item.authenticationMechanismName.mechanismId = mechanism
        item.xDLMSContextInfo.conformance = settings.negotiatedConformance
        item.xDLMSContextInfo.maxReceivePduSize = item.xDLMSContextInfo.maxSendPduSize = settings.maxPduSize
        item.xDLMSContextInfo.dlmsVersionNumber, item.xDLMSContextInfo.qualityOfService = 6, 0
        item.associationStatus = AssociationStatus.ASSOCIATED if self.authenticated else AssociationStatus.ASSOCIATION_PENDING
        if settings.sourceSystemTitle:
            self.meter.setup.clientSystemTitle = bytearray(settings.sourceSystemTitle)

    def reply_to_challenge(self, argument):
        settings, cipher, meter = self.settings, self.settings.cipher, self.meter
        mechanism, given = settings.authentication, bytes(argument or b"")
        if mechanism <= Authentication.LOW or not settings.stoCChallenge:
            return None
        client, own = bytes(settings.sourceSystemTitle or b""), bytes(cipher.systemTitle)
        stoc, ctos = bytearray(settings.stoCChallenge), bytearray(settings.ctoSChallenge)
        counter = int.from_bytes(given[1:5], "big")
        expected = proof_input(mechanism, meter.secret, client, own, stoc, ctos)
        if mechanism == Authentication.HIGH_ECDSA:
            good = len(given) == 2 * len(self.args.server_signing) and GXEcdsa(cipher.signingKeyPair[0]).verify(given, expected)
        else:
            good = bytes(GXSecure.secure(settings, cipher, counter, stoc, expected)) == given
            if mechanism == Authentication.HIGH_GMAC and self.args.strict_counter and counter <= meter.counter_before:
                good = False
        self.event("hls", mechanism=name_of(MECHANISMS, mechanism), accepted=bool(good))
        settings.stoCChallenge = None
        if not good:
            return None
        self.authenticated = True
        meter.association.associationStatus = AssociationStatus.ASSOCIATED
        if mechanism == Authentication.HIGH_GMAC:
            meter.last_client_ic = max(meter.last_client_ic, counter)
        counter = cipher.invocationCounter
        proof = GXSecure.secure(settings, cipher, counter, ctos, proof_input(mechanism, meter.secret, own, client, ctos, stoc))
        if mechanism == Authentication.HIGH_GMAC:
            cipher.invocationCounter += 1
        return bytearray(proof)

    # -- services -----------------------------------------------------------------------------------------------
    def readable(self, item, index):
        if not self.authenticated:
            return False
        if self.settings.authentication != Authentication.NONE or self.args.auth == "none":
            return not (item is self.meter.association and index == 7)
        return item.logicalName in ("0.0.42.0.0.255", "0.0.96.1.0.255", "0.0.43.1.0.255", "0.0.1.0.0.255") or (
            item.objectType == ObjectType.ASSOCIATION_LOGICAL_NAME and index != 7)

    def writable(self):
        return self.authenticated and (self.settings.authentication != Authentication.NONE or self.args.auth == "none")

    def onGetMethodAccess(self, event):
        return 1 if self.writable() else 0

    def value(self, item, index, selector=0, chosen=None):
        if item is self.meter.setup and index == 6:
            return None, self.meter.list_certificates(self.settings)
        if item is self.meter.image:
            if index == 6:
                self.meter.poll_image()
                return DataType.ENUM, int(item.imageTransferStatus)
            if index == 3:
                return DataType.BITSTRING, item.imageTransferredBlocksStatus
        return super().value(item, index, selector, chosen)

    def store(self, where, data):
        kind, name, index = where
        item = self.meter.find(kind, name)
        if item is None:
            return int(ErrorCode.UNDEFINED_OBJECT)
        value = _GXCommon.getData(self.settings, data, _GXDataInfo())
        if not self.writable():
            return DENIED
        try:
            if item is self.meter.association and index == 7:
                self.meter.change_secret(value, "attribute")
                self.lose("change_secret")
            elif item is self.meter.clock and index == 2:
                self.event("clock", value=bytes(value).hex().upper() if isinstance(value, (bytes, bytearray)) else str(value))
            elif item is self.meter.image and index == 5:
                item.imageTransferEnabled = bool(value)
                self.event("image-enabled", enabled=bool(value))
            else:
                return DENIED
        except Refused as refusal:
            return refusal.args[0]
        return 0

    def lose(self, method):
        if self.args.lose == method:
            self.hang_up = True
            self.event("line-lost", after=method)

    def action(self, data):
        kind, invoke = data.getUInt8(), data.getUInt8()
        if kind == 1:
            where = self.descriptor(data)
            argument = data.remaining() if data.getUInt8() else b""
            return self.perform(invoke, where, argument)
        if kind == 4:
            self.pieces = [self.descriptor(data), bytearray(), 0]
        if kind not in (4, 6) or self.pieces is None:
            raise ValueError(f"action request of kind {kind}")
        last, number, size = data.getUInt8(), data.getUInt32(), _GXCommon.getObjectCount(data)
        if number != self.pieces[2] + 1:
            raise ValueError(f"block {number} after {self.pieces[2]}")
        chunk = bytearray(size)
        data.get(chunk)
        self.pieces[1] += chunk
        self.pieces[2] = number
        if not last:
            return self.raw(Command.METHOD_RESPONSE, bytes([0xC7, 4, invoke]) + number.to_bytes(4, "big"))
        (where, whole, _), self.pieces = self.pieces, None
        return self.perform(invoke, where, whole)

    def perform(self, invoke, where, argument):
        class_id, name, index = where
        argument = _GXCommon.getData(self.settings, buffer(argument), _GXDataInfo()) if argument else None
        item, back, status = self.meter.find(class_id, name), None, 0
        if item is None:
            status = int(ErrorCode.UNDEFINED_OBJECT)
        elif item is self.meter.association and index == 1:
            back = self.reply_to_challenge(argument)
            status = 0 if back else DENIED
        elif not self.writable():
            status = DENIED
        else:
            try:
                back = self.invoke(item, index, argument)
            except Refused as refusal:
                status = refusal.args[0]
            except (IndexError, TypeError, ValueError) as problem:
                log("argument refused:", problem)
                if self.args.debug:
                    traceback.print_exc()
                status = UNMATCHED
        bb = GXByteBuffer()
        if back:
            bb.set(bytearray([1, 0]))
            _GXCommon.setData(self.settings, bb, DataType.OCTET_STRING, bytearray(back))
        else:
            bb.setUInt8(0)
        return self.send(invoke, Command.METHOD_RESPONSE, 1, bb, status)

    def invoke(self, item, index, argument):
        meter = self.meter
        if item is meter.association and index == 2:
            meter.change_secret(argument, "method")
            return self.lose("change_secret")
        if item is meter.setup:
            if index == 1:
                meter.activate_policy(int(argument))
                return self.lose("security_activate")
            if index == 2:
                meter.transfer_keys(argument)
                self.new_keys = True
                return self.lose("key_transfer")
            if index == 6:
                return meter.import_certificate(argument)
            if index == 7:
                return meter.find_certificate(argument)["der"]
            if index == 8:
                entry = meter.find_certificate(argument)
                meter.certificates.remove(entry)
                self.event("certificate-removed", subject=entry["text"])
                return None
        if item is meter.image:
            if index == 1:
                meter.image_initiate(argument)
                return self.lose("image_initiate")
            if index == 2:
                return meter.image_block(argument)
            if index == 3:
                meter.image_verify()
                return self.lose("image_verify")
            if index == 4:
                meter.image_activate()
                return self.lose("image_activate")
        raise Refused(DENIED)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="TCP port on 127.0.0.1; 0, the default, takes a free one")
    add_security_args(parser)
    parser.add_argument("--title", default="GRX00001", help="system title of the meter, eight characters")
    parser.add_argument("--serial", default="88000017")
    parser.add_argument("--firmware", help="have a firmware object with this text")
    parser.add_argument("--counter", type=int, default=0, help="the client's last invocation counter at the start")
    parser.add_argument("--server-counter", type=int, default=1, help="the meter's own next invocation counter")
    parser.add_argument("--strict-counter", action="store_true", help="refuse an invocation counter that is not above the last")
    parser.add_argument("--setup-version", type=int, choices=(0, 1), default=1,
                        help="version of class 64: 0 has a policy of 0 to 3, 1 has bits and certificates")
    parser.add_argument("--certificate", action="append", default=[], metavar="FILE", help="a certificate the meter has, DER or PEM")
    parser.add_argument("--keys-later", action="store_true", help="new keys count from the next association, not from the next request")
    parser.add_argument("--wrapped-secret", action="store_true", help="change_HLS_secret brings the secret wrapped by the master key")
    parser.add_argument("--image-block", type=int, default=200, help="image block size")
    parser.add_argument("--image-out", metavar="FILE", help="write the image here when it is activated")
    parser.add_argument("--image-drop", type=int, default=0, metavar="N", help="lose every Nth image block, and say it was taken")
    parser.add_argument("--image-sha256", metavar="HEX", help="verification fails for any other image")
    parser.add_argument("--image-busy", type=int, default=0, metavar="N",
                        help="verify and activate say temporary-failure and are done after N reads of the status")
    parser.add_argument("--action-blocks", action="store_true", help="offer block transfer for actions")
    parser.add_argument("--lose", choices=("key_transfer", "change_secret", "security_activate", "image_initiate", "image_verify",
                                           "image_activate"), help="carry this out, then close the connection without an answer")
    parser.add_argument("--log", metavar="FILE", help="one JSON line per event")
    args = parser.parse_args()
    complete(args)
    if len(args.title) != 8:
        parser.error("--title has eight characters")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    record = open(args.log, "w", encoding="utf-8") if args.log else None  # pylint: disable=consider-using-with

    def event(name, /, **fields):
        if record:
            print(json.dumps({"event": name, **fields}), file=record, flush=True)

    port = TcpPort(f"127.0.0.1:{args.port}")
    server = SecurityServer(args, SecurityMeter(args, event), event)
    feed = server.feed_wrapped if args.wrapper else server.feed
    link = f"tcp:127.0.0.1:{port.listener.getsockname()[1]}"
    print(f"ready: {link}", flush=True)
    log(f"ready: {link}")
    try:
        while True:
            data = port.read(0.5)
            if data is None:
                server.fresh()
                continue
            if not data:
                continue
            if args.debug:
                log("<-", data.hex(" "))
            for frame in feed(data):
                if server.hang_up:
                    break
                if args.debug:
                    log("->", bytes(frame).hex(" "))
                port.write(frame)
            if server.hang_up:
                server.hang_up = False
                port.conn.close()
                port.conn = None
                server.fresh()
    except KeyboardInterrupt:
        pass
    finally:
        port.close()
        if record:
            record.close()


if __name__ == "__main__":
    main()
