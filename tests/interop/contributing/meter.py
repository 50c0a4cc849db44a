"""An Acme meter on a TCP port: answers every question with one line. Prints `ready: PORT`."""

import socketserver
import sys


class Meter(socketserver.StreamRequestHandler):
    def handle(self):
        for question in self.rfile:
            if question.strip() == b"?":
                self.wfile.write(b"SERIAL=77;ENERGY=1.5\n")
                self.wfile.flush()


server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Meter)
server.daemon_threads = True
print(f"ready: {server.server_address[1]}", file=sys.stderr, flush=True)
print(server.server_address[1], flush=True)
server.serve_forever()
