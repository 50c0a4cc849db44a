#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""A server of InfluxDB's write, with a foreign parser of the line protocol: notes each point once in a file.

  line_server.py PORT FILE TOKEN
"""
import http.server
import signal
import sys

from line_protocol_parser import parse_line

port, file, token = int(sys.argv[1]), sys.argv[2], sys.argv[3]


class Write(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.headers.get("Authorization") != f"Token {token}":
            return self.answer(401)
        try:
            points = [parse_line(line) for line in body.splitlines()]
        except Exception as problem:  # the parser has no exception of its own
            print(problem, file=sys.stderr)
            return self.answer(400)
        with open(file, "a") as out:
            for point in points:
                tags = ",".join(f"{name}={value}" for name, value in sorted(point["tags"].items()))
                out.write(f'{point["measurement"]} {tags} {point["time"]} {point["fields"].get("voltage_l1_v")}\n')
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Write)
print("ready: line server", file=sys.stderr, flush=True)
server.serve_forever()
