"""A DCC that believes nothing: it answers a POST only when duis-sign-wrap's jar finds the XML signature good, and takes a signed
command only when openssl finds the signature of the party's key over the very pre-command it made. Prints `ready: URL`.

    dcc.py JAR PUBLIC_KEY"""

import base64
import http.server
import os
import re
import subprocess
import sys
import tempfile

JAR, PUBLIC_KEY = sys.argv[1:]
VALIDATE = ["java", "-cp", JAR, "uk.co.smartdcc.boxed.xmldsig.Validate", "-"]
NAMESPACE = "http://www.dccinterface.co.uk/ServiceUserGateway"
made = {}


def eui(text):
    return bytes.fromhex(text.replace("-", ""))


def field(xml, name):
    return re.search(rf"<(?:\w+:)?{name}>([^<]*)<", xml)[1]


def pre_command(request_id):
    """Disable supply (message code 0050) with a signature of no length."""
    originator, target, counter = request_id.split(":")
    content = bytes.fromhex("d9200000000000010301000f0000600301000000ff010f00")
    return (b"\xdf\x09\x01" + int(counter).to_bytes(8, "big") + b"\x08" + eui(originator) + b"\x08" + eui(target)
            + b"\x00\x02\x00\x50" + bytes([len(content)]) + content + b"\x00")


def der(signature):
    def integer(octets):
        octets = octets.lstrip(b"\0") or b"\0"
        octets = b"\0" + octets if octets[0] > 127 else octets
        return b"\x02" + bytes([len(octets)]) + octets
    body = integer(signature[:32]) + integer(signature[32:])
    return b"\x30" + bytes([len(body)]) + body


def is_signed(command, signed):
    unsigned = command[:-1]
    if signed[:len(unsigned)] != unsigned or signed[len(unsigned):len(unsigned) + 1] != b"\x40" or len(signed) != len(unsigned) + 65:
        return False
    with tempfile.NamedTemporaryFile() as signature:
        signature.write(der(signed[-64:]))
        signature.flush()
        told = subprocess.run(["openssl", "dgst", "-sha256", "-verify", PUBLIC_KEY, "-signature", signature.name],
                              input=unsigned, capture_output=True, check=False)
    return told.returncode == 0


def answer(path, xml):
    request_id, srv = field(xml, "RequestID"), field(xml, "ServiceReferenceVariant")
    code, inner = "E1", ""
    judged = subprocess.run(VALIDATE, input=xml, capture_output=True, text=True, check=False)
    if judged.returncode != 0:
        print("refused:", judged.stderr.splitlines()[-1:], file=sys.stderr, flush=True)
    elif path.endswith("T") and field(xml, "CommandVariant") == "4":
        made[request_id] = pre_command(request_id)
        code = "I0"
        inner = f"<sr:PreCommand><sr:GBCSPayload>{base64.b64encode(made[request_id]).decode()}</sr:GBCSPayload></sr:PreCommand>"
    elif path.endswith("S") and field(xml, "CommandVariant") == "5" and request_id in made:
        code = "I99" if is_signed(made.pop(request_id), base64.b64decode(field(xml, "GBCSPayload"))) else "E2"
    print(f"{path} {srv} {code}", file=sys.stderr, flush=True)
    return (f'<sr:Response xmlns:sr="{NAMESPACE}" schemaVersion="5.1"><sr:Header><sr:RequestID>{request_id}</sr:RequestID>'
            f"<sr:ResponseCode>{code}</sr:ResponseCode><sr:ResponseDateTime>2026-11-21T10:00:00Z</sr:ResponseDateTime></sr:Header>"
            f"<sr:Body><sr:ResponseMessage><sr:ServiceReference>{srv}</sr:ServiceReference><sr:ServiceReferenceVariant>{srv}"
            f"</sr:ServiceReferenceVariant>{inner}</sr:ResponseMessage></sr:Body></sr:Response>")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = answer(self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"ready: http://127.0.0.1:{server.server_address[1]}", file=sys.stderr, flush=True)
print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
server.serve_forever()
