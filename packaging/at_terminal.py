#!/usr/bin/env python3
"""Runs a program at a terminal and presses a key there: at_terminal.py SECONDS KEY PROGRAM ARGUMENTS...

What the program writes goes to standard output, its exit code is that of this program; 99 when it goes on for another
20 seconds. KEY is text, in which ^C stands for Ctrl-C. Test only.
"""
import os
import pty
import select
import sys
import time

patience, key, program = float(sys.argv[1]), sys.argv[2].replace("^C", "\x03"), sys.argv[3:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(program[0], program)
begun, pressed = time.monotonic(), False
while time.monotonic() - begun < patience + 20:
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        os.write(1, data)
    if not pressed and time.monotonic() - begun > patience:
        os.write(terminal, key.encode())
        pressed = True
else:
    os.kill(child, 9)
    os.waitpid(child, 0)
    sys.exit(99)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
