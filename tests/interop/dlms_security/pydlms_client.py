#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-only
"""A DLMS/COSEM client by pydlms (the PyPI package pydlms-client) for tests of security: judges a server of any make.

Does what security_client.py does, with the same options and the same JSON lines, and what Gurux for Python cannot:
general-ciphering, general-signing, key_agreement.
"""
import argparse
import hashlib
import json
import os
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from options import KEY_NAMES, MECHANISMS, add_general_args, add_security_args, complete  # noqa: E402

from pydlms_keys import KEY_INFO, context, private_key, public_key  # noqa: E402
from cryptography.hazmat.primitives.serialization import Encoding  # noqa: E402
from pydlms import DlmsClient, DlmsData, Mechanism, transfer_image  # noqa: E402
from pydlms.apdu.gbt import decode_gbt  # noqa: E402
from pydlms.apdu.xdlms import Conformance, SelectiveAccess  # noqa: E402
from pydlms.client import AccessAction, AccessGet, AccessSet  # noqa: E402
from pydlms.hdlc.connection import HdlcParameters  # noqa: E402
from pydlms.security.certificates import CertificateSelector  # noqa: E402


def make_client(args):
    host, port = args.link.removeprefix("tcp:").rsplit(":", 1)
    ciphered = args.policy != "none"
    envelope = "general-ciphering" if args.general_ciphering else "general-glo" if args.general else "glo"
    if args.general_signing:
        envelope = "general-signing" if not ciphered else "glo+signing" if envelope == "glo" else "general-ciphering+signing"
    wants = {}
    if ciphered or args.general_signing or args.general_ciphering or args.auth in ("hls-gmac", "hls-ecdsa"):
        title = bytes.fromhex(args.server_title) if args.server_title else None
        wants["security"] = context(args, "client", "server", args.client_title.encode(), title, args.counter)
        wants["ciphered_context"] = ciphered
    conformance = Conformance.default_sn() if args.short_names else Conformance.default_ln()
    wants.update(logical_names=not args.short_names, propose_access=args.access, propose_gbt=bool(args.gbt), gbt_window=args.gbt or 1)
    if envelope != "glo":
        conformance |= Conformance.GENERAL_PROTECTION
    if args.auth == "lls":
        wants["password"] = args.password
    elif args.auth in ("hls-md5", "hls-sha1", "hls-sha256"):
        wants["password"] = args.secret
    if args.auth == "hls-ecdsa":
        wants["signing_key"], wants["server_public_key"] = private_key(args.client_signing), public_key(args.server_signing)
    if args.wrapper:
        where = {"server_logical": args.logical}
    else:
        where = {"hdlc": True, "server_logical": args.logical, "server_physical": args.physical,
                 "hdlc_parameters": HdlcParameters(
                     max_info_tx=args.info_field, max_info_rx=args.info_field, window_tx=args.hdlc_window, window_rx=args.hdlc_window)}
    return DlmsClient.tcp(
        host, int(port), client_sap=args.client, timeout=args.timeout, mechanism=Mechanism(MECHANISMS[args.auth]),
        client_system_title=args.client_title.encode(), use_dedicated_key=args.dedicated, protection=envelope,
        key_info=KEY_INFO[args.general_ciphering or "identified"], challenge_length=args.challenge, conformance=conformance,
        max_receive_pdu_size=args.pdu, **where, **wants)


class Session:
    def __init__(self, args):
        self.args, self.step = args, "connect"
        self.client = make_client(args)
        self.client.association._receive_gbt = self.receive_blocks  # pylint: disable=protected-access

    def receive_blocks(self, raw, transfer):
        """pydlms' own, which over HDLC asks for the frame with the next block of a window as well."""
        link, association = self.client.link, self.client.association
        while raw[:1] == b"\xe0":
            block = decode_gbt(raw)
            step = transfer.receive(block)
            for answer in step.send:
                link.send_apdu(answer)
            if step.apdu is not None:
                return step.apdu
            if block.streaming and not step.send and not self.args.wrapper:
                link._send_rr()  # pylint: disable=protected-access
            raw = association._gbt_read(transfer)  # pylint: disable=protected-access
        return raw

    def tell(self, step, **fields):
        self.step = step
        print(json.dumps({"step": step, **fields}), flush=True)

    def open(self):
        self.step = "associate"
        self.client.connect()
        association = self.client.association
        title = association.server_system_title
        self.tell("associated", mechanism=self.args.auth, suite=self.args.suite, policy=self.args.policy,
                  server_title=title.hex().upper() if title else None, protection=association.settings.protection,
                  general=bool(self.client.conformance & Conformance.GENERAL_PROTECTION), dedicated=self.args.dedicated)

    def read(self):
        self.step = "read"
        serial = self.client.get("0.0.96.1.0.255", 1, 2).value
        energy = self.client.get_register("1.0.1.8.0.255")
        self.tell("read", serial=bytes(serial).decode() if isinstance(serial, (bytes, bytearray)) else serial,
                  energy=float(energy.value), unit=int(energy.unit))
        for text in self.args.get:
            class_id, name, index = text.replace(":", "/").split("/")
            self.tell("get", what=text, value=plain(self.client.get(name, int(class_id), int(index))))
        if self.args.objects:
            self.step = "objects"
            self.tell("objects", objects=[f"{int(item.class_id)}/{item.logical_name}" for item in self.client.get_association_view()])
        if self.args.security_setup:
            self.step = "security-setup"
            policy, suite, client, server, certificates = (plain(self.client.get("0.0.43.0.0.255", 64, n)) for n in range(2, 7))
            self.tell("security-setup", policy=policy, suite=suite, client=client, server=server, certificates=len(certificates))

    def change(self):
        args, client = self.args, self.client
        if args.transfer_key:
            self.step = "key-transfer"
            numbers = {name: number for number, name in KEY_NAMES.items()}
            keys = dict(text.split("=", 1) for text in args.transfer_key)
            client.transfer_keys({numbers[name]: bytes.fromhex(key) for name, key in keys.items()})
            self.adopt({name: bytes.fromhex(key) for name, key in keys.items()})
            self.tell("key-transfer", keys=list(keys))
        if args.key_agreement:
            self.step = "key-agreement"
            numbers = {name: number for number, name in KEY_NAMES.items()}
            keys = {KEY_NAMES[int(number)]: bytes(key) for number, key in
                    client.agree_keys([numbers[name] for name in args.key_agreement]).items()}
            self.adopt(keys)
            self.tell("key-agreement", keys={name: key.hex().upper() for name, key in keys.items()})
        if args.new_secret:
            self.step = "secret"
            value = DlmsData.octet_string(args.new_secret.encode())
            if args.auth == "lls":
                client.set("0.0.40.0.0.255", 15, 7, value)
            else:
                client.action("0.0.40.0.0.255", 15, 2, value)
            self.tell("secret", changed=True)
        if args.activate_policy is not None:
            self.step = "activate-policy"
            client.security_activate(args.activate_policy, version=args.setup_version)
            self.tell("activate-policy", value=args.activate_policy)
        if args.import_certificate:
            self.step = "import-certificate"
            with open(args.import_certificate, "rb") as file:
                client.import_certificate(file.read())
            self.tell("import-certificate")
        if args.export_certificate:
            self.step = "export-certificate"
            kind, title = args.export_certificate.split("/")
            found = client.export_certificate(CertificateSelector.by_entity_type(0, int(kind), bytes.fromhex(title)))
            self.tell("export-certificate", sha256=hashlib.sha256(found.certificate.public_bytes(Encoding.DER)).hexdigest())
        if args.image:
            self.step = "image"
            with open(args.image, "rb") as file:
                data = file.read()
            done = transfer_image(client, data, args.image_identifier.encode(), activate=True, poll=0.05, timeout=20)
            self.tell("image", blocks=done.blocks, sent=done.sent, rounds=done.rounds, image_status=int(done.status),
                      confirmed=done.activation_confirmed, sha256=hashlib.sha256(data).hexdigest())

    def exercise(self):
        """Writes, methods and selective access; the profile is long, so it comes in blocks."""
        client, args = self.client, self.args
        self.step = "write"
        client.set("0.0.42.0.0.255", 1, 2, DlmsData.octet_string(b"W" * args.write_size))
        self.tell("write", read=bytes(client.get("0.0.42.0.0.255", 1, 2).value) == b"W" * args.write_size, size=args.write_size)
        self.step = "switch"
        states = []
        for method in (1, 2):
            client.action("0.0.96.3.10.255", 70, method, DlmsData.int8(0))
            states.append(bool(client.get("0.0.96.3.10.255", 70, 2).value))
        self.tell("switch", states=states)
        self.step = "profile"
        whole = client.get("1.0.99.1.0.255", 7, 2).value
        clock = DlmsData.structure([DlmsData.uint16(8), DlmsData.octet_string(bytes((0, 0, 1, 0, 0, 255))), DlmsData.int8(2),
                                    DlmsData.uint16(0)])
        middle = [whole[n].value[0] for n in (50, 59)]
        ranged = client.get("1.0.99.1.0.255", 7, 2, SelectiveAccess(1, DlmsData.structure([clock, *middle, DlmsData.array([])]))).value
        entries = client.get("1.0.99.1.0.255", 7, 2, SelectiveAccess(2, DlmsData.structure(
            [DlmsData.uint32(3), DlmsData.uint32(7), DlmsData.uint16(1), DlmsData.uint16(0)]))).value
        self.tell("profile", rows=len(whole), first=plain(whole[0]), last=plain(whole[-1]), by_range=ranged == whole[50:60],
                  by_entry=entries == whole[2:7])

    def access(self):
        """Reads, writes and a method in one request."""
        self.step = "access"
        done = self.client.access([AccessGet("1.0.1.8.0.255", 3, 2), AccessSet("0.0.42.0.0.255", 1, 2, DlmsData.octet_string(b"A")),
                                   AccessAction("0.0.96.3.10.255", 70, 2, DlmsData.int8(0)), AccessGet("1.0.99.9.0.255", 3, 2)])
        self.tell("access", results=[int(item.result) for item in done], value=plain(done[0].data))

    def lists(self):
        """Several writes in one request, and several calls; the same with what is long, in blocks."""
        client = self.client
        self.step = "lists"
        limit = ("0.0.17.0.0.255", 71, 4)
        written = client.set_many([(*limit, DlmsData.uint32(4300)), ("1.0.1.8.0.255", 3, 2, DlmsData.uint32(1))])
        self.tell("set-list", results=[int(result) for result in written], limit=plain(client.get(*limit)))
        shift = ("0.0.1.0.0.255", 8, 6, DlmsData.int16(0))
        called = client.action_many([shift, ("0.0.1.0.0.255", 8, 99, DlmsData.int8(0))])
        self.tell("action-list", results=[0 if result is None else int(result) for result in called])
        many = client.action_many([shift] * 20, split_lists=False)
        self.tell("action-list-in-blocks", results=[0 if result is None else int(result) for result in many])

    def adopt(self, keys):
        """The meter goes on with the new keys after it has answered."""
        security = self.client.association.security
        if self.args.keys_later:
            return
        security.encryption_key = keys.get("GUEK", security.encryption_key)
        security.authentication_key = keys.get("GAK", security.authentication_key)
        security.master_key = keys.get("KEK", security.master_key)

    def close(self):
        self.step = "close"
        self.client.close()
        self.tell("closed")


def plain(data):
    value = getattr(data, "value", data)
    if isinstance(value, (bytes, bytearray)):
        return value.hex().upper()
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value if isinstance(value, (int, float, str, bool, type(None))) else str(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("link", help="tcp:HOST:PORT")
    add_security_args(parser)
    add_general_args(parser)
    parser.add_argument("--client", type=int, help="client address; default 16 without authentication, 32 with LLS, 48 with HLS")
    parser.add_argument("--client-title", default="TECH0001", help="system title of the client, eight characters")
    parser.add_argument("--server-title", metavar="HEX", help="the meter's title, when the association must be with that one, or "
                        "the meter does not tell it")
    parser.add_argument("--counter", type=int, default=1000, help="the first invocation counter")
    parser.add_argument("--timeout", type=float, default=10)
    parser.add_argument("--get", action="append", default=[], metavar="CLASS/NAME:ATTRIBUTE", help="read this as well")
    parser.add_argument("--objects", action="store_true", help="read the object list")
    parser.add_argument("--security-setup", action="store_true", help="read class 64")
    parser.add_argument("--setup-version", type=int, choices=(0, 1), default=1, help="version of class 64")
    parser.add_argument("--transfer-key", action="append", default=[], metavar="NAME=HEX", help="GUEK, GBEK, GAK or KEK")
    parser.add_argument("--key-agreement", action="append", default=[], choices=("GUEK", "GBEK", "GAK"))
    parser.add_argument("--keys-later", action="store_true", help="go on with the old keys until the association ends")
    parser.add_argument("--new-secret", metavar="TEXT", help="LLS: write attribute 7; HLS: change_HLS_secret")
    parser.add_argument("--activate-policy", type=int, metavar="VALUE", help="security_activate")
    parser.add_argument("--import-certificate", metavar="FILE")
    parser.add_argument("--export-certificate", metavar="TYPE/TITLE", help="of the server: 0 for signatures, 1 for key agreement")
    parser.add_argument("--short-names", action="store_true", help="short-name referencing")
    parser.add_argument("--gbt", type=int, default=0, metavar="WINDOW", help="propose general block transfer")
    parser.add_argument("--hdlc-window", type=int, default=1, metavar="N", help="propose windows of N frames")
    parser.add_argument("--access", action="store_true", help="propose ACCESS, and use it")
    parser.add_argument("--lists", action="store_true", help="SET and ACTION with list")
    parser.add_argument("--exercise", action="store_true", help="write, use the switch, read the load profile in three ways")
    parser.add_argument("--write-size", type=int, default=900, help="octets written by --exercise")
    parser.add_argument("--image", metavar="FILE", help="transfer and activate this image")
    parser.add_argument("--image-identifier", default="FIRMWARE")
    args = parser.parse_args()
    complete(args)
    mechanism = MECHANISMS[args.auth]
    args.client = args.client or (16 if mechanism == 0 and args.policy == "none" else 32 if mechanism == 1 else 48)
    if args.debug:
        from pydlms import enable_debug
        enable_debug()
    session = None
    try:
        session = Session(args)
        session.open()
        session.read()
        if args.exercise:
            session.exercise()
        if args.lists:
            session.lists()
        if args.access:
            session.access()
        session.change()
        if args.transfer_key or args.new_secret or args.key_agreement:
            session.read()
        session.close()
    except Exception as problem:  # whatever the server made pydlms raise is the verdict
        if args.debug:
            traceback.print_exc()
        print(json.dumps({"step": session.step if session else "connect", "error": f"{type(problem).__name__}: {problem}"}), flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
