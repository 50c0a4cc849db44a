#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""A connection over a slow network: passes octets on after a delay each way, as many at a time as come.

  slow_line.py LISTEN_PORT PORT SECONDS

At the end of a connection it tells how many requests of twelve octets were on their way at most, each answered by eleven.
"""
import asyncio
import sys

LISTEN, PORT, DELAY = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])


class Counted:
    def __init__(self):
        self.asked = self.answered = self.most = 0

    def ask(self, octets):
        self.asked += len(octets)
        self.most = max(self.most, self.asked // 12 - self.answered // 11)

    def answer(self, writer, octets):
        self.answered += len(octets)
        writer.write(octets)


async def pass_on(reader, writer, counted, is_request):
    loop = asyncio.get_running_loop()
    while octets := await reader.read(4096):
        if is_request:
            counted.ask(octets)
            loop.call_later(DELAY, writer.write, octets)
        else:
            loop.call_later(DELAY, counted.answer, writer, octets)
    if is_request:
        print(f"most on their way: {counted.most}", file=sys.stderr, flush=True)
    loop.call_later(DELAY, writer.close)


async def connected(reader, writer):
    far_reader, far_writer = await asyncio.open_connection("127.0.0.1", PORT)
    counted = Counted()
    await asyncio.gather(pass_on(reader, far_writer, counted, True), pass_on(far_reader, writer, counted, False))


async def main():
    server = await asyncio.start_server(connected, "127.0.0.1", LISTEN)
    print("ready: slow line", file=sys.stderr, flush=True)
    await server.serve_forever()


asyncio.run(main())
