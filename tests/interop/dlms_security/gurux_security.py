# SPDX-License-Identifier: GPL-2.0-only
"""What security_meter.py and security_client.py share: repairs of gurux-dlms, and the parts it lacks.

The package has the ciphers, the hashes and the signatures of all three suites, and defects around them. Each repair
changes the package's own method in memory, and stops the program when the defect is no longer there (dlms_meter.mend).
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "dlms_meter"))
sys.path.insert(1, os.path.dirname(HERE))
import options  # noqa: E402
from dlms_meter import mend  # noqa: E402  (with the repairs that file makes)
from options import KEY_NAMES, add_security_args, complete, name_of  # noqa: E402,F401

from gurux_dlms import GXByteBuffer, GXReplyData  # noqa: E402
from gurux_dlms._GXAPDU import _GXAPDU  # noqa: E402
from gurux_dlms.enums import Authentication, Security  # noqa: E402
from gurux_dlms.GXDLMS import GXDLMS  # noqa: E402
from gurux_dlms.AesGcmParameter import AesGcmParameter  # noqa: E402
from gurux_dlms.CountType import CountType  # noqa: E402
from gurux_dlms.GXDLMSChippering import GXDLMSChippering  # noqa: E402
from gurux_dlms.GXDLMSChipperingStream import GXDLMSChipperingStream  # noqa: E402
from gurux_dlms.ecdsa.GXEcdsa import GXEcdsa  # noqa: E402
from gurux_dlms.ecdsa.GXPrivateKey import GXPrivateKey  # noqa: E402
from gurux_dlms.ecdsa.GXPublicKey import GXPublicKey  # noqa: E402

# Suite 2 signs with SHA-384: the package asks for P-256 in both branches. (`__` names are mangled by hand, for the
# method is compiled outside its class.)
for _name, _key in (("sign", "private"), ("verify", "public")):
    mend(GXEcdsa, _name, (f"elif self.__{_key}Key.scheme == Ecc.P256", f"elif self.__{_key}Key.scheme == Ecc.P384"),
         ("self.__", "self._GXEcdsa__"))
# The InitiateResponse is ciphered with the suite of the association, not always with suite 0.
mend(_GXAPDU, "getUserInformation",
     ("p.security = cipher.security\n", "p.security = cipher.security\n        p.securitySuite = cipher.securitySuite\n"))
# Short names: an APDU that was ciphered ends in an assertion that it was not, and the counter stays.
mend(GXDLMS, "getSNPdu", ("assert not tmp", "cipher.invocationCounter += 1"),
     ("s.security = cipher.security\n", "s.security = cipher.security\n        s.securitySuite = cipher.securitySuite\n"))
# Reads by short names in blocks call methods that are not there.
GXReplyData.setTotalCount = lambda self, value: setattr(self, "totalCount", value)
GXReplyData.getMoreData = lambda self: self.moreData
# The acknowledgement of a general block asks for a number that no setting has.
mend(GXDLMS, "receiverReady", ("settings.blockNumber", "settings.blockIndex"))
# An APDU that is authenticated and encrypted is deciphered, and its tag is never looked at: whatever the sender holds for
# an authentication key goes. The tag is made again from the plaintext, by Gurux, and compared here.
_decrypt = GXDLMSChippering.decryptAesGcm.__func__


def _decrypt_checked(cls, settings, p, data):
    received = bytes(data.array())[-12:]
    plain = _decrypt(cls, settings, p, data)
    if p.security == Security.AUTHENTICATION_ENCRYPTION:
        again = AesGcmParameter(0, p.systemTitle, p.blockCipherKey, p.authenticationKey)
        again.security, again.securitySuite, again.invocationCounter = p.security, p.securitySuite, p.invocationCounter
        again.type_ = CountType.TAG
        if bytes(cls.encryptAesGcm(again, bytearray(plain))) != received:
            raise ValueError("Decrypt failed. Invalid tag.")
    return plain


GXDLMSChippering.decryptAesGcm = classmethod(_decrypt_checked)
# It talks about each deciphered APDU, and about private keys, on standard output.
for _module in ("GXDLMSChippering", "GXSecure", "GXDLMSClient"):
    vars(sys.modules[f"gurux_dlms.{_module}"])["print"] = lambda *_: None

MECHANISMS = {name: Authentication(number) for name, number in options.MECHANISMS.items()}
POLICIES = {name: Security(number) for name, number in options.POLICIES.items()}


def private_key(raw):
    return GXPrivateKey.fromRawBytes(raw)


def public_key(raw):
    """A public key from its point, or of a private key."""
    if len(raw) in (32, 48):
        return private_key(raw).getPublicKey()
    return GXPublicKey.fromRawBytes(raw if len(raw) % 2 else b"\x04" + raw)


def long_length(apdu):
    """An ACSE APDU whose length may not fit the one octet Gurux has for it."""
    body = bytes(apdu)[2:]
    size = len(body)
    length = bytes([size]) if size < 0x80 else bytes([0x81, size]) if size < 0x100 else b"\x82" + size.to_bytes(2, "big")
    return bytearray(bytes(apdu)[:1] + length + body)


def wrap(kek, key):
    """AES key wrap; Gurux's own function, without its limit to 16 octets of master key."""
    return bytes(GXDLMSChipperingStream(None, True, bytearray(kek), None, None, 0).encryptAes(bytearray(key)))


def unwrap(kek, wrapped):
    """AES key unwrap, RFC 3394, with Gurux's block cipher: its own decryptAes fails on any input."""
    wrapped = bytes(wrapped)
    count = len(wrapped) // 8 - 1
    if len(wrapped) % 8 or count < 2:
        raise ValueError("a wrapped key is 24 octets or more, eight at a time")
    cipher = GXDLMSChipperingStream(None, False, bytearray(kek), None, None, 0)
    check, parts = wrapped[:8], [wrapped[8 * n:8 * n + 8] for n in range(1, count + 1)]
    for step in range(6 * count, 0, -1):
        spot = (step - 1) % count
        block = bytearray((int.from_bytes(check, "big") ^ step).to_bytes(8, "big") + parts[spot])
        cipher.processBlock(block, 0, block, 0)
        check, parts[spot] = bytes(block[:8]), bytes(block[8:])
    if check != b"\xa6" * 8:
        raise ValueError("the wrapped key does not open with this master key")
    return b"".join(parts)


def proof_input(mechanism, secret, prover, verifier, challenge, own):
    """What a side that proves itself hashes or signs: prover's title first; for MD5 and SHA-1 the secret alone."""
    if mechanism == Authentication.HIGH_SHA256:
        return bytearray(bytes(secret) + bytes(prover) + bytes(verifier) + bytes(challenge) + bytes(own))
    if mechanism == Authentication.HIGH_ECDSA:
        return bytearray(bytes(prover) + bytes(verifier) + bytes(challenge) + bytes(own))
    if mechanism == Authentication.HIGH_GMAC:
        return bytearray(prover)
    return bytearray(secret)


def buffer(*parts):
    """A Gurux buffer of these octets."""
    data = GXByteBuffer()
    for part in parts:
        data.set(bytearray(part))
    return data
