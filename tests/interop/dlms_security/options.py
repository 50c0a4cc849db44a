# SPDX-License-Identifier: MIT OR Apache-2.0
"""The options that all clients and meters of this folder share, with their defaults. Imports none of the libraries."""

#: mechanism_id of the AARQ
MECHANISMS = {"none": 0, "lls": 1, "hls-md5": 3, "hls-sha1": 4, "hls-gmac": 5, "hls-sha256": 6, "hls-ecdsa": 7}
#: bits of the security control byte
POLICIES = {"none": 0, "authenticated": 0x10, "encrypted": 0x20, "authenticated-encrypted": 0x30}
#: key_id of key_transfer, class 64
KEY_NAMES = {0: "GUEK", 1: "GBEK", 2: "GAK", 3: "KEK"}

#: key-info of general-ciphering
KEY_INFOS = ("none", "identified", "wrapped", "one-pass", "static")

# Private keys a test may rely on: P-256 for suite 0 and 1, P-384 for suite 2.
CLIENT_SIGNING, SERVER_SIGNING, CLIENT_AGREEMENT, SERVER_AGREEMENT = "11", "22", "33", "44"


def name_of(table, value):
    """The name an enumerated value has in one of the tables above."""
    return next((name for name, number in table.items() if int(number) == int(value)), str(int(value)))


def octets(first, count):
    return bytes((first + n) & 0xFF for n in range(count)).hex().upper()


def add_security_args(parser):
    parser.add_argument("--auth", choices=MECHANISMS, default="none")
    parser.add_argument("--suite", type=int, choices=(0, 1, 2), default=0)
    parser.add_argument("--policy", choices=POLICIES, default="none", help="protection of requests and responses")
    parser.add_argument("--general", action="store_true", help="general-glo-ciphering (general-ded with a dedicated key)")
    parser.add_argument("--dedicated", action="store_true", help="a dedicated key in the InitiateRequest, and its use after")
    parser.add_argument("--password", default="12345678", help="LLS password")
    parser.add_argument("--secret", default="secret-16-octets", help="secret of HLS MD5, SHA-1 and SHA-256, as text")
    parser.add_argument("--guek", help="block cipher key, hex; default 00 01 02 and on, 16 octets, 32 in suite 2")
    parser.add_argument("--gak", help="authentication key, hex; default D0 D1 D2 and on, 16 octets, 32 in suite 2")
    parser.add_argument("--kek", help="master key, hex; default 10 11 12 and on, 16 octets, 32 in suite 2")
    parser.add_argument("--client-signing", metavar="HEX", help="ECDSA key of the client: the meter takes 64/65/96/97 octets of "
                        "a public key or 32/48 of a private one, the client a private one; default 11 11 11 and on")
    parser.add_argument("--server-signing", metavar="HEX", help="ECDSA key of the meter, likewise; default 22 22 22 and on")
    parser.add_argument("--client-agreement", metavar="HEX", help="ECDH key of the client, likewise; default 33 33 33 and on")
    parser.add_argument("--server-agreement", metavar="HEX", help="ECDH key of the meter, likewise; default 44 44 44 and on")
    parser.add_argument("--challenge", type=int, help="octets of a challenge; default 16, with ECDSA 32")
    parser.add_argument("--logical", type=int, default=1)
    parser.add_argument("--physical", type=int, default=17)
    parser.add_argument("--wrapper", action="store_true", help="speak the TCP wrapper of IEC 62056-47 instead of HDLC")
    parser.add_argument("--pdu", type=int, default=512, help="largest APDU; small values force block transfer")
    parser.add_argument("--info-field", type=int, default=128, help="largest HDLC information field")
    parser.add_argument("--debug", action="store_true")


def add_general_args(parser):
    """What only the pydlms scripts have: protection that needs certificates' keys."""
    parser.add_argument("--general-ciphering", choices=KEY_INFOS, metavar="KEY",
                        help="general-ciphering, its key: " + ", ".join(KEY_INFOS) + " (agreed keys need suite 1 or 2)")
    parser.add_argument("--general-signing", action="store_true",
                        help="general-signing around what else protects an APDU, or around the plain one")


def complete(args):
    """Fills in the defaults that depend on the suite."""
    size = 32 if args.suite == 2 else 16
    curve = 48 if args.suite == 2 else 32
    args.guek = bytearray.fromhex(args.guek or octets(0, size))
    args.gak = bytearray.fromhex(args.gak or octets(0xD0, size))
    args.kek = bytearray.fromhex(args.kek or octets(0x10, size))
    for name, octet in (("client_signing", CLIENT_SIGNING), ("server_signing", SERVER_SIGNING),
                        ("client_agreement", CLIENT_AGREEMENT), ("server_agreement", SERVER_AGREEMENT)):
        setattr(args, name, bytes.fromhex(getattr(args, name) or octet * curve))
    args.challenge = args.challenge or (32 if args.auth == "hls-ecdsa" else 16)
