#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-only
"""A DLMS/COSEM meter over TCP for tests of security, by pydlms (the PyPI package pydlms-client) and its simulator.

Takes the options of security_meter.py, keeps the same log, and serves what Gurux for Python cannot: general-ciphering
with identified, wrapped and agreed keys, general-signing, and key_agreement. Invocation counters must always rise.
It can also speak short names, general block transfer and ACCESS.
"""
import argparse
import functools
import hashlib
import json
import os
import signal
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from options import KEY_NAMES, MECHANISMS, POLICIES, add_general_args, add_security_args, complete, name_of  # noqa: E402

from cryptography import x509  # noqa: E402
from cryptography.hazmat.primitives.serialization import Encoding  # noqa: E402
from pydlms_keys import KEY_INFO, context, private_key, public_key  # noqa: E402
from pydlms_services import Hdlc, Services, add_objects  # noqa: E402
from pydlms import DlmsData, Mechanism, ObisCode  # noqa: E402
from pydlms.apdu import xdlms  # noqa: E402
from pydlms.apdu.acse import AARE, AARQ  # noqa: E402
from pydlms.apdu.tags import Tag  # noqa: E402
from pydlms.axdr import decode_length  # noqa: E402
from pydlms.cosem.enums import ActionResult, DataAccessResult  # noqa: E402
from pydlms.exceptions import DlmsError  # noqa: E402
from pydlms.security import general, hls, keyagreement  # noqa: E402
from pydlms.security.certificates import CertificateSelector, load_certificate  # noqa: E402
from pydlms.security.ciphering import is_ciphered_apdu  # noqa: E402
from pydlms.security.keywrap import unwrap_key  # noqa: E402
from pydlms.security.suites import SecurityPolicy  # noqa: E402
from pydlms import simulator  # noqa: E402
from pydlms.simulator import ActionFailure, ClientProfile, ImageTransferTarget, MeterSimulator, serve  # noqa: E402

SETUP, ASSOCIATION = ObisCode.parse("0.0.43.0.0.255"), ObisCode.parse("0.0.40.0.0.255")
PUBLIC = {ObisCode.parse(name) for name in ("0.0.42.0.0.255", "0.0.96.1.0.255", "0.0.43.1.0.255", "0.0.1.0.0.255",
                                            "0.0.40.0.0.255")}
#: security policy of class 64 version 1 for requests and responses
POLICY_BITS = {0: 0, 0x10: 0x24, 0x20: 0x48, 0x30: 0x6C}


class Clients(dict):
    """Any client address has the mechanism of --auth; 16 may come without."""

    def __init__(self, args):
        super().__init__()
        self.args = args

    def get(self, sap, default=None):
        return ClientProfile(Mechanism(MECHANISMS[self.args.auth]), secret=self.secret, ciphered=self.ciphered,
                             client_public_key=public_key(self.args.client_signing))

    secret, ciphered = b"", False


class Image(ImageTransferTarget):
    """The simulator's image transfer, which also loses every Nth block and tells what it got."""

    def __init__(self, args, event):
        super().__init__(block_size=args.image_block, verify_steps=args.image_busy, activate_steps=args.image_busy)
        self.args, self.event, self.seen = args, event, 0

    def _initiate(self, meter, params):
        super()._initiate(meter, params)
        self.seen = 0
        self.event("image-initiate", identifier=self.identifier.decode("latin-1"), size=self.size, blocks=self.block_count)
        meter.lose("image_initiate")

    def _block(self, meter, params):
        number = params.value[0].value
        self.seen += 1
        lost = bool(self.args.image_drop and self.seen % self.args.image_drop == 0)
        if lost:
            self.drop_blocks[number] = 1
        super()._block(meter, params)
        self.event("image-block", number=number, size=len(params.value[1].value), lost=lost)

    def _verify(self, meter, params):
        super()._verify(meter, params)
        meter.lose("image_verify")

    def _activate(self, meter, params):
        super()._activate(meter, params)
        self.done()
        meter.lose("image_activate")

    def _status(self):
        before = self.status
        status = super()._status()
        if before == 5 and self.status == 6:
            self.done()
        return status

    def done(self):
        data = self.image()
        if self.args.image_out:
            with open(self.args.image_out, "wb") as file:
                file.write(data)
        self.event("image-activate", identifier=self.identifier.decode("latin-1"), size=len(data),
                   sha256=hashlib.sha256(data).hexdigest())


class SecurityMeter(Services, MeterSimulator):
    def __init__(self, args, event):
        super().__init__(args.title.encode(), max_pdu=args.pdu)
        self.args, self.event = args, event
        self.encryption_key, self.authentication_key = bytes(args.guek), bytes(args.gak)
        self.security = context(args, "server", "client", args.title.encode(), counter=args.server_counter)
        self.signing_key = private_key(args.server_signing)
        self.clients = Clients(args)
        self.clients.secret = (args.password if args.auth == "lls" else args.secret).encode()
        self.policy, self.later, self.envelope = POLICIES[args.policy], {}, None
        self.certificates = []
        for path in args.certificate:
            with open(path, "rb") as file:
                self.certificates.append(load_certificate(file.read()))
        self.last_client_ic, self._ic_seen = args.counter, bool(args.counter)
        self.fill()
        self.offer()

    def fill(self):
        octets, title = DlmsData.octet_string, self.args.title.encode()
        self.add_object(1, "0.0.42.0.0.255", {2: octets(title + b"WATTKEY!")})
        self.add_object(1, "0.0.96.1.0.255", {2: octets(self.args.serial.encode())})
        self.add_object(8, "0.0.1.0.0.255", {2: octets(bytes.fromhex("07EA0101040C000000800000")), 3: DlmsData.int16(0)})
        for name, value, exponent, unit in (("1.0.1.8.0.255", DlmsData.uint32(1234567), 1, 30),
                                            ("1.0.32.7.0.255", DlmsData.uint16(2301), -1, 35)):
            self.add_object(3, name, {2: value, 3: DlmsData.structure([DlmsData.int8(exponent), DlmsData.enum(unit)])})
        if self.args.firmware:
            self.add_object(1, "1.0.0.2.0.255", {2: octets(self.args.firmware.encode())})
        self.client_title = b""
        self.add_object(64, str(SETUP), {
            2: lambda: DlmsData.enum(POLICY_BITS[self.policy] if self.args.setup_version else self.policy >> 4),
            3: DlmsData.enum(self.args.suite), 4: lambda: octets(self.client_title), 5: octets(title),
            6: lambda: DlmsData.array([self.describe(entry) for entry in self.certificates])}, version=self.args.setup_version)
        for method, act in ((1, self.activate_policy), (2, self.transfer_keys), (3, self.agree_keys), (6, self.import_certificate),
                            (7, self.export_certificate), (8, self.remove_certificate)):
            self.add_method(64, SETUP, method, act)
        self.add_object(15, str(ASSOCIATION), {7: octets(b"")}, version=1)
        self.association_version = 1
        self.add_method(15, ASSOCIATION, 2, lambda meter, value: self.change_secret(value, "method"))
        Image(self.args, self.event).install(self)
        add_objects(self)

    def lose(self, method):
        if self.args.lose == method:
            self.apply()
            self.event("line-lost", after=method)
            raise ConnectionResetError(method)

    def apply(self):
        """New keys count once the request that brought them is answered."""
        keys, self.later = self.later, {}
        if "GUEK" in keys:
            self.encryption_key = self.security.encryption_key = keys["GUEK"]
        if "GBEK" in keys:
            self.security.broadcast_key = keys["GBEK"]
        if "GAK" in keys:
            self.authentication_key = self.security.authentication_key = keys["GAK"]
        if "KEK" in keys:
            self.security.master_key = keys["KEK"]

    # -- class 64 -----------------------------------------------------------------------------------------------
    def activate_policy(self, _meter, value):
        wanted = value.value
        if self.args.setup_version:
            bits = (0x10 if wanted & 0x24 else 0) | (0x20 if wanted & 0x48 else 0)
        else:
            bits = (wanted & 3) << 4
        if self.policy & ~bits:
            raise ActionFailure(ActionResult.READ_WRITE_DENIED)
        self.policy = bits
        self.event("policy", policy=name_of(POLICIES, bits), value=wanted)
        self.lose("security_activate")

    def transfer_keys(self, _meter, items):
        opened = {}
        for item in items.value:
            name = KEY_NAMES.get(item.value[0].value)
            try:
                key = bytes(unwrap_key(self.security.master_key, bytes(item.value[1].value)))
            except (DlmsError, ValueError) as problem:
                self.event("key-refused", name=name, reason=str(problem))
                raise ActionFailure(ActionResult.OTHER_REASON) from None
            if name is None or len(key) != len(self.args.guek):
                raise ActionFailure(ActionResult.TYPE_UNMATCHED)
            opened[name] = key
        self.later.update(opened)
        for name, key in opened.items():
            self.event("key", name=name, key=key.hex().upper())
        self.lose("key_transfer")

    def agree_keys(self, _meter, items):
        """Both sides send a signed ephemeral key; the meter's answer has the same form as the request."""
        suite, mine, answers = self.security.suite, {}, {}
        try:
            for number in keyagreement.parse_key_agreement_data(items):
                mine[number], answers[number] = keyagreement.make_offer(self.signing_key, suite, number)
            keys = keyagreement.agree(suite, mine, self.security.peer_signing_key, items, self.client_title, self.system_title)
        except (DlmsError, ValueError) as problem:
            self.event("agreement-refused", reason=f"{type(problem).__name__}: {problem}")
            raise ActionFailure(ActionResult.OTHER_REASON) from None
        for number, key in keys.items():
            self.later[KEY_NAMES[int(number)]] = bytes(key)
            self.event("key", name=KEY_NAMES[int(number)], key=bytes(key).hex().upper(), agreed=True)
        self.lose("key_agreement")
        return keyagreement.key_agreement_data(answers)

    @staticmethod
    def serial_of(entry):
        number = entry.certificate.serial_number
        value = number.to_bytes(number.bit_length() // 8 + 1, "big")
        return b"\x02" + bytes([len(value)]) + value

    def describe(self, entry):
        certificate, octets = entry.certificate, DlmsData.octet_string
        kind = self.kind(entry)
        return DlmsData.structure([DlmsData.enum(0), DlmsData.enum(kind), octets(self.serial_of(entry)),
                                   octets(certificate.issuer.public_bytes()), octets(certificate.subject.public_bytes()), octets(b"")])

    @staticmethod
    def kind(entry):
        usage = entry.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        return 0 if usage.digital_signature else 1 if usage.key_agreement else 3

    def find(self, value):
        try:
            wanted = CertificateSelector.from_data(value)
        except DlmsError:
            raise ActionFailure(ActionResult.TYPE_UNMATCHED) from None
        for entry in self.certificates:
            serial = self.serial_of(entry)
            if (wanted.by_serial and wanted.serial_number in (serial, serial[2:])
                    and wanted.issuer == entry.certificate.issuer.public_bytes()):
                return entry
            if not wanted.by_serial and (wanted.entity, wanted.certificate_type, wanted.system_title) == (
                    0, self.kind(entry), entry.system_title):
                return entry
        raise ActionFailure(ActionResult.OTHER_REASON)

    def import_certificate(self, _meter, value):
        try:
            entry = load_certificate(bytes(value.value))
        except (DlmsError, ValueError) as problem:
            self.event("certificate-refused", reason=str(problem))
            raise ActionFailure(ActionResult.OTHER_REASON) from None
        self.certificates.append(entry)
        self.event("certificate", subject=entry.certificate.subject.rfc4514_string(),
                   sha256=hashlib.sha256(entry.certificate.public_bytes(Encoding.DER)).hexdigest())

    def export_certificate(self, _meter, value):
        return DlmsData.octet_string(self.find(value).certificate.public_bytes(Encoding.DER))

    def remove_certificate(self, _meter, value):
        entry = self.find(value)
        self.certificates.remove(entry)
        self.event("certificate-removed", subject=entry.certificate.subject.rfc4514_string())

    # -- class 15 -----------------------------------------------------------------------------------------------
    def change_secret(self, value, how):
        secret = bytes(value.value)
        if self.args.wrapped_secret and how == "method":
            try:
                secret = bytes(unwrap_key(self.security.master_key, secret))
            except (DlmsError, ValueError) as problem:
                self.event("secret-refused", reason=str(problem))
                raise ActionFailure(ActionResult.OTHER_REASON) from None
        self.clients.secret = secret
        self.event("secret", how=how, secret=secret.hex().upper())
        self.lose("change_secret")

    def _write(self, cid, obis, attr, value):
        if not self.writable:
            return DataAccessResult.READ_WRITE_DENIED
        if (cid, obis, attr) == (15, ASSOCIATION, 7):
            self.change_secret(value, "attribute")
            return DataAccessResult.SUCCESS
        if cid == 64:
            return DataAccessResult.READ_WRITE_DENIED
        return super()._write(cid, obis, attr, value)

    def _read(self, cid, obis, attr, access=None):
        if not self.writable and obis not in PUBLIC or (cid, obis, attr) == (15, ASSOCIATION, 7):
            return DataAccessResult.READ_WRITE_DENIED
        return super()._read(cid, obis, attr, access)

    def _method_denied(self, cid, obis, method):
        return not self.writable or super()._method_denied(cid, obis, method)

    # -- association and protection -------------------------------------------------------------------------------
    writable = False

    def _aarq(self, aarq, session):
        self.client_title = aarq.calling_ap_title or b""
        self.clients.ciphered = bool(self.policy)
        if self.policy:
            self.security.policy = SecurityPolicy(self.policy)
        if self.client_title and not aarq.application_context.ciphered:
            self.security.server_system_title = self.client_title
        public = session.client_sap == 16 and not aarq.mechanism and not aarq.application_context.ciphered
        clients = self.clients
        if public:
            self.clients = {16: ClientProfile()}
        words = None
        try:
            raw = self.refuse_context(aarq.application_context)
            if raw is None:
                raw = super()._aarq(aarq, session)
                session.client_max_pdu = min(session.client_max_pdu, self.max_pdu)
        except DlmsError as problem:
            raw, words = AARE(aarq.application_context, 1, 1, 1).to_bytes(), f"{type(problem).__name__}: {problem}"
        finally:
            self.clients = clients
        answer = AARE.from_bytes(raw) if raw[:1] == b"\x61" else None
        if answer is not None and answer.result == 0 and self.args.dedicated and not session.dedicated and not public:
            session.associated = False
            raw, words = AARE(aarq.application_context, 1, 1, 1).to_bytes(), "no dedicated key"
            answer = AARE.from_bytes(raw)
        self.writable = not public or self.args.auth == "none"
        self.event("association", result=answer.result if answer else "exception", diagnostic=answer.diagnostic if answer else None,
                   mechanism=name_of(MECHANISMS, aarq.mechanism or 0), mechanism_id=int(aarq.mechanism or 0),
                   context=int(aarq.application_context), client=session.client_sap,
                   client_title=self.client_title.hex().upper(), suite=int(self.security.suite),
                   dedicated=self.security.dedicated_key.hex().upper() if session.dedicated else None, reason=words)
        return raw

    def _hls_reply(self, invoke_id, params, session):
        raw = super()._hls_reply(invoke_id, params, session)
        self.event("hls", mechanism=name_of(MECHANISMS, session.profile.mechanism), accepted=not session.hls_pending)
        return raw

    def _handle(self, apdu, session):
        self.envelope = envelope(apdu)
        if self.args.pre_established:
            session.associated, session.ciphered, self.writable = True, bool(self.policy), True
            if apdu[0] in (Tag.AARQ, Tag.RLRQ):
                return xdlms.ExceptionResponse(1, 1).to_bytes()
        if session.associated and apdu[0] not in (Tag.AARQ, Tag.RLRQ) and not session.hls_pending:
            want = [self.args.general_signing and self.writable and not self.envelope["signed"],
                    self.args.general_ciphering and self.writable and self.envelope["key"] != self.args.general_ciphering]
            if any(want):
                self.event("not-protected", **self.envelope)
                return xdlms.ExceptionResponse(1, 1).to_bytes()
        response = super()._handle(apdu, session)
        if is_ciphered_apdu(apdu) and response == xdlms.ExceptionResponse(1, 5).to_bytes():
            self.event("not-deciphered", **self.envelope)
        self.apply()
        return response

    def _service(self, plain, session):
        self.event("request", **self.describe_request(plain), **self.envelope)
        if self.wrong_referencing(plain, session):
            return xdlms.ExceptionResponse(2, 2).to_bytes()
        return self._sn(plain, session) if plain[0] == Tag.UNCONFIRMED_WRITE_REQUEST else super()._service(plain, session)

    def _protect_like(self, request, response, session):
        """The simulator answers any general-ciphering with the global key; an agreed or wrapped key is answered in kind, and
        a plain APDU that was signed with a signed one."""
        kind = self.envelope
        if kind["ciphering"] not in ("general-ciphering", "none") or kind["ciphering"] == "none" and not kind["signed"]:
            return super()._protect_like(request, response, session)
        client = session.client_title or self.security.server_system_title
        if kind["ciphering"] == "general-ciphering":
            transaction = os.urandom(8) if kind["key"] == "static" else b""
            response = general.wrap_general_ciphering(self.security, response, client, KEY_INFO[kind["key"]], transaction_id=transaction)
        return general.wrap_general_signing(self.security, response, client) if kind["signed"] else response


def envelope(apdu):
    """What is around a request, outside first."""
    found = {"signed": False, "ciphering": "none", "security": "none", "counter": None, "key": None}
    if apdu[:1] == b"\xdf":
        found["signed"] = True
        apdu = general._parse_general_signing(apdu)[2]  # pylint: disable=protected-access
    tag = apdu[0]
    names = {0xDB: "general-glo", 0xDC: "general-ded", 0xDD: "general-ciphering"}
    if tag in names:
        found["ciphering"] = names[tag]
    elif 0xC8 <= tag <= 0xCF or 0x21 <= tag <= 0x38:
        found["ciphering"] = "glo"
    elif 0xD0 <= tag <= 0xD7 or 0x41 <= tag <= 0x58:
        found["ciphering"] = "ded"
    spot = 1
    # A title in front of the content, or the five fields of general-ciphering and its key-info.
    for _ in range({0xDB: 1, 0xDC: 1, 0xDD: 5}.get(tag, 0)):
        spot = after_octets(apdu, spot)
    if tag == 0xDD:
        present, choice, scheme = apdu[spot], apdu[spot + 1], apdu[spot + 3]
        found["key"] = "none" if not present else "identified" if choice == 0 else "wrapped" if choice == 1 else (
            "one-pass" if scheme == 1 else "static")
        spot += 1
        if found["key"] == "identified":
            spot += 2
        elif found["key"] == "wrapped":
            spot = after_octets(apdu, spot + 2)
        elif present:
            spot = after_octets(apdu, after_octets(apdu, spot + 1))
    if found["ciphering"] != "none":
        spot = decode_length(apdu, spot)[1]
        found["security"], found["counter"] = name_of(POLICIES, apdu[spot] & 0x30), int.from_bytes(apdu[spot + 1:spot + 5], "big")
    return found


def after_octets(apdu, spot):
    """The place behind an octet string."""
    size, spot = decode_length(apdu, spot)
    return spot + size


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="TCP port on 127.0.0.1; 0, the default, takes a free one")
    add_security_args(parser)
    add_general_args(parser)
    parser.add_argument("--title", default="GRX00001", help="system title of the meter, eight characters")
    parser.add_argument("--serial", default="88000017")
    parser.add_argument("--firmware", help="have a firmware object with this text")
    parser.add_argument("--counter", type=int, default=0, help="the client's last invocation counter at the start")
    parser.add_argument("--server-counter", type=int, default=1, help="the meter's own next invocation counter")
    parser.add_argument("--setup-version", type=int, choices=(0, 1), default=1, help="version of class 64")
    parser.add_argument("--certificate", action="append", default=[], metavar="FILE", help="a certificate the meter has, DER or PEM")
    parser.add_argument("--wrapped-secret", action="store_true", help="change_HLS_secret brings the secret wrapped by the master key")
    parser.add_argument("--image-block", type=int, default=200, help="image block size")
    parser.add_argument("--image-out", metavar="FILE", help="write the image here when it is activated")
    parser.add_argument("--image-drop", type=int, default=0, metavar="N", help="lose every Nth image block, and say it was taken")
    parser.add_argument("--image-busy", type=int, default=0, metavar="N",
                        help="verify and activate say temporary-failure and are done after N reads of the status")
    parser.add_argument("--lose", choices=("key_transfer", "key_agreement", "change_secret", "security_activate", "image_initiate",
                                           "image_verify", "image_activate"),
                        help="carry this out, then close the connection without an answer")
    parser.add_argument("--short-names", action="store_true", help="short-name referencing, and no other")
    parser.add_argument("--read-blocks", choices=("data", "list"), default="data",
                        help="what the blocks of a long read carry: the value alone, as Gurux has it, or the list of results")
    parser.add_argument("--access", action="store_true", help="have the ACCESS service")
    parser.add_argument("--no-lists", action="store_true", help="have no lists of attributes")
    parser.add_argument("--pre-established", action="store_true", help="hold every client's association open, without an AARQ")
    parser.add_argument("--hdlc-window", type=int, default=1, metavar="N", help="take N frames in a row")
    parser.add_argument("--hdlc-lose", type=int, action="append", default=[], metavar="N", help="frame N of a connection is lost, once")
    parser.add_argument("--hdlc-reject", type=int, action="append", default=[], metavar="N", help="frame N is answered by REJ, once")
    parser.add_argument("--gbt", type=int, default=0, metavar="WINDOW", help="general block transfer, not that of the services; the "
                        "meter takes up to WINDOW blocks in a row (1 to 63) and sends as many as the client takes")
    parser.add_argument("--streaming", action=argparse.BooleanOptionalAction,
                        help="with --gbt: send a window of blocks at once, or one after the other; default with a WINDOW of 2 or more")
    parser.add_argument("--gbt-lose", type=int, action="append", default=[], metavar="N", help="block N of an answer is lost, once")
    parser.add_argument("--gbt-lose-requests", type=int, action="append", default=[], metavar="N",
                        help="block N of a request is lost, once")
    parser.add_argument("--log", metavar="FILE", help="one JSON line per event")
    args = parser.parse_args()
    if args.gbt not in range(64):
        parser.error("--gbt takes a window of 1 to 63 blocks")
    complete(args)
    plain_gmac = hls.hls_gmac
    # The simulator answers HLS GMAC as in suite 0.
    hls.hls_gmac = lambda ek, ak, title, counter, challenge, suite=args.suite, **more: plain_gmac(
        ek, ak, title, counter, challenge, suite, **more)
    if args.debug:
        from pydlms import enable_debug
        enable_debug()
    record = open(args.log, "w", encoding="utf-8") if args.log else None  # pylint: disable=consider-using-with

    def event(name, /, **fields):
        if record:
            print(json.dumps({"event": name, **fields}), file=record, flush=True)

    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, lambda *_: ended.set())
    simulator.HdlcServer = functools.partial(Hdlc, args=args)
    server = serve(SecurityMeter(args, event), port=args.port, hdlc=not args.wrapper)
    link = f"tcp:127.0.0.1:{server.server_address[1]}"
    print(f"ready: {link}", flush=True)
    print(f"ready: {link}", file=sys.stderr, flush=True)
    ended.wait()
    server.shutdown()


if __name__ == "__main__":
    main()
