"""A TLS server out of OpenSSL (Python's ssl) that speaks nothing further: it writes down how many octets of the
application came through.

    server.py --port N --certificate PEM --key PEM --journal FILE [--old] [--postgres]     prints `ready:`

--old offers nothing above TLS 1.1; --postgres answers the request for TLS of that protocol first."""
import argparse
import socket
import ssl
import sys

options = argparse.ArgumentParser()
options.add_argument("--port", type=int, required=True)
options.add_argument("--certificate", required=True)
options.add_argument("--key", required=True)
options.add_argument("--journal", required=True)
options.add_argument("--old", action="store_true")
options.add_argument("--postgres", action="store_true")
options = options.parse_args()

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(options.certificate, options.key)
if options.old:
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
listening = socket.create_server(("127.0.0.1", options.port))
print("ready: localhost:%d" % options.port, file=sys.stderr, flush=True)
while True:
    line, _ = listening.accept()
    line.settimeout(3)
    received = 0

    def note():
        with open(options.journal, "a") as journal:
            journal.write("%d\n" % received)

    try:
        if options.postgres:
            line.recv(8)
            line.sendall(b"S")
        with context.wrap_socket(line, server_side=True) as secured:
            # Enough to know that something was said; the client's close ends it.
            received = len(secured.recv(4096))
            note()
    except (OSError, ssl.SSLError):
        if received == 0:
            note()
    line.close()
