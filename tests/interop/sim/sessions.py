#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Times whole DLMS sessions (connect, associate, read the device name, release, disconnect) on many TCP ports.

  sessions.py FIRST-PORT PORTS SESSIONS-EACH
"""
import socket
import statistics
import sys
import time


def crc(octets):
    value = 0xFFFF
    for octet in octets:
        value ^= octet
        for _ in range(8):
            value = value >> 1 ^ (0x8408 if value & 1 else 0)
    value ^= 0xFFFF
    return bytes([value & 255, value >> 8])


def frame(control, information=b""):
    length = 2 + 2 + 1 + 1 + 2 + (len(information) + 2 if information else 0)
    head = bytes([0xA0 | length >> 8, length & 255, 0x02, 0x23, 0x21, control])
    body = head + (crc(head) + information if information else b"")
    return b"\x7e" + body + crc(body) + b"\x7e"


AARQ = bytes.fromhex("e6e600601da109060760857405080101be10040e01000000065f1f0400007e1f0400")
GET = bytes.fromhex("e6e600c001c1000100002a0000ff0200")
RLRQ = bytes.fromhex("e6e6006203800100")
STEPS = [frame(0x93), frame(0x10, AARQ), frame(0x32, GET), frame(0x54, RLRQ), frame(0x53)]


def session(port):
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for step in STEPS:
            line.sendall(step)
            answer = b""
            while len(answer) < 3 or len(answer) < ((answer[1] & 7) << 8 | answer[2]) + 2:
                part = line.recv(4096)
                if not part:
                    raise SystemExit(f"port {port} closed the line")
                answer += part
            if step is STEPS[2] and b"WKS" not in answer:
                raise SystemExit(f"port {port}: no device name in {answer.hex()}")


def main():
    first, ports, each = map(int, sys.argv[1:])
    times = []
    for _ in range(each):
        for port in range(first, first + ports):
            begun = time.perf_counter()
            session(port)
            times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    print(f"{len(times)} sessions on {ports} ports: median {statistics.median(times):.2f} ms, "
          f"99 % below {times[len(times) * 99 // 100]:.2f} ms")


if __name__ == "__main__":
    main()
