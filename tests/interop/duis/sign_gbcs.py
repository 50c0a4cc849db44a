"""Signs a pre-command (base64 on standard input) with an elliptic-curve key by openssl; the signed command, base64, goes to
standard output.

    sign_gbcs.py PRIVATE_KEY"""

import base64
import subprocess
import sys

command = base64.b64decode(sys.stdin.read())
# The peer's pre-commands end in a signature of no length.
unsigned = command[:-1]
signed = subprocess.run(["openssl", "dgst", "-sha256", "-sign", sys.argv[1]], input=unsigned, capture_output=True, check=True).stdout
first = 4 + signed[3]
r, s = signed[4:first], signed[first + 2:]
raw = r.lstrip(b"\0").rjust(32, b"\0") + s.lstrip(b"\0").rjust(32, b"\0")
print(base64.b64encode(unsigned + b"\x40" + raw).decode())
