# SPDX-License-Identifier: GPL-3.0-only
"""What pydlms_client.py and pydlms_meter.py share: the options as objects of the PyPI package pydlms-client."""
from cryptography.hazmat.primitives.asymmetric import ec
from pydlms.security.context import SecurityContext
from pydlms.security.general import ONE_PASS_DH, STATIC_UNIFIED_MODEL, KeyInfo
from pydlms.security.suites import SecurityPolicy

from options import POLICIES

KEY_INFO = {"none": KeyInfo("none"), "identified": KeyInfo("identified"), "wrapped": KeyInfo("wrapped"),
            "one-pass": KeyInfo("agreed", scheme=ONE_PASS_DH), "static": KeyInfo("agreed", scheme=STATIC_UNIFIED_MODEL)}


def curve(raw):
    return ec.SECP256R1() if len(raw) in (32, 64, 65) else ec.SECP384R1()


def private_key(raw):
    return ec.derive_private_key(int.from_bytes(raw, "big"), curve(raw))


def public_key(raw):
    """A public key from its point, or of a private key."""
    if len(raw) in (32, 48):
        return private_key(raw).public_key()
    return ec.EllipticCurvePublicKey.from_encoded_point(curve(raw), raw if len(raw) % 2 else b"\x04" + raw)


def context(args, own, peer, own_title, peer_title=None, counter=0):
    """The keys of one side; `own` and `peer` are "client" and "server" or the other way round."""
    signing, agreement = getattr(args, f"{own}_signing"), getattr(args, f"{own}_agreement")
    return SecurityContext(
        encryption_key=bytes(args.guek), authentication_key=bytes(args.gak), broadcast_key=bytes(args.guek),
        master_key=bytes(args.kek), client_system_title=own_title, server_system_title=peer_title,
        invocation_counter=counter, suite=args.suite,
        policy=SecurityPolicy(POLICIES[args.policy] or POLICIES["authenticated-encrypted"]),
        signing_key=private_key(signing), key_agreement_key=private_key(agreement),
        peer_signing_key=public_key(getattr(args, f"{peer}_signing")),
        peer_key_agreement_key=public_key(getattr(args, f"{peer}_agreement")))
