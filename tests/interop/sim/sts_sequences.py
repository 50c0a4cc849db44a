#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Draws token sequences from a seed, lets the STS meter of sts_hook.py judge them, and writes what it said.

One JSON object a line: the model values in which the meter differs, the steps (seconds to wait, what is entered, the
result, the credit after it in 0.01 kWh) and the key register at the end. `tests/sim` replays the file.

  sts_sequences.py KEYS.json COUNT [FIRST_SEED] > sequences.jsonl
"""
import json
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
for folder in (HERE, os.path.join(HERE, "..", "dlms_meter")):
    sys.path.insert(0, folder)
import sts_hook  # noqa: E402
import sts_ref  # noqa: E402

START = {"iin": "600727", "drn": "01234567897", "krn": 1, "kt": 2, "ti": 1, "ken": 255, "base_date": "2014",
         "credit": "42.1", "manufactured": "2025-01-01T00:00:00Z"}
BY_ALGORITHM = {"07": {"sgc": "123456", "ea": "07", "dkga": "02"}, "11": {"sgc": "123457", "ea": "11", "dkga": "04"}}
# values of the STS meter and the model values they are called in the simulator
NAMES = {"ken": "key.ken", "kt": "key.kt", "tid_slots": "payment.tid_slots", "kct_timeout_s": "payment.key_change_timeout_s",
         "sgc_readout": "payment.sgc_after_two_sections", "lockout_after": "lockout.after", "lockout_s": "lockout.first_s",
         "lockout_max_s": "lockout.longest_s", "ken_check": "payment.ken_check", "credit_max": "credit.maximum"}


class Drawer:
    """One meter and the tokens drawn for it."""

    def __init__(self, seed, keys):
        self.dice = random.Random(seed)
        self.now = 0.0
        self.changes = self.draw_changes()
        place = BY_ALGORITHM[self.changes.pop("ea")]
        self.place = {**START, **place}
        self.meter = sts_hook.StsMeter({**self.place, **self.changes, "keys": keys}, HERE, lambda: self.now)
        self.newest = 6300000
        self.entered, self.sets = [], []

    def draw_changes(self):
        pick = self.dice.choice
        changes = {"ea": pick(["07", "07", "11"]), "tid_slots": pick([3, 20, 50]), "kct_timeout_s": pick([90, 600]),
                   "sgc_readout": pick(["lookup", "zero", "keep"]), "lockout_after": pick([0, 0, 3]), "lockout_s": 10,
                   "lockout_max_s": pick([20, 1280]), "ken_check": pick([True, True, False]), "ken": pick([255, 255, 97]),
                   "credit_max": pick(["999999.9", "100"])}
        changes["kt"] = pick([2, 2, 2, 1])
        return changes

    def encipher(self, cls, block, key=None):
        return sts_ref.to_token(cls, sts_ref.encrypt(self.meter.ea, self.meter.key if key is None else key, block))

    def with_tid(self, cls, sub, value, tid=None, key=None):
        if tid is None:
            self.newest += self.dice.choice([1, 1, 7, 65536])
            tid = min(self.newest, 0xFFFFFF)
        return self.encipher(cls, sts_ref.block_tid(cls, sub, self.dice.randrange(16), tid, value), key)

    def key_change(self):
        dice = self.dice
        wanted = {"krn": dice.choice([1, 2, 3, 9, 0, 12]) if dice.random() < 0.3 else dice.choice([1, 2]),
                  "kt": dice.choice([0, 1, 2, 3]) if dice.random() < 0.3 else 2,
                  "ti": dice.choice([1, 2, 7, 99, 100, 255]) if dice.random() < 0.4 else 1}
        place = {**self.place, **wanted, "kt": 2}
        rows = [row for row in self.meter.keys["vending_keys"] if row["ea"] == self.meter.ea and row["krn"] == wanted["krn"]]
        key = dice.getrandbits(128 if self.meter.ea == "11" else 64)
        sgc = "123457"
        if rows:
            row = dice.choice(rows)
            key = sts_ref.decoder_key(bytes.fromhex(row["key"]), {**place, **row})
            sgc, wanted["kt"] = row["sgc"], row["kt"] if dice.random() < 0.8 else wanted["kt"]
        blocks = sts_ref.key_change_blocks(key, self.meter.ea, ken=dice.choice([255, 120, 97]), ro=int(dice.random() < 0.3),
                                           sgc=sgc, **wanted)
        tokens = [self.encipher(2, block) for block in blocks]
        dice.shuffle(tokens)
        self.sets.append(tokens)

    def draw(self):
        dice = self.dice
        kind = dice.randrange(20)
        amount = sts_ref.amount_encode(dice.choice([1, 5, 100, 256, 50000]))
        if kind < 5:
            return self.with_tid(0, 0, amount)
        if kind == 5 and self.entered:
            return dice.choice(self.entered)
        if kind == 6:
            return self.with_tid(0, 0, amount, tid=dice.randrange(5700000, 6300000))
        if kind == 7:
            return self.with_tid(0, 0, amount, key=self.meter.key ^ 1 << dice.randrange(64))
        if kind == 8:
            return self.with_tid(2, dice.choice([0, 1, 2, 5, 6, 7, 10, 11, 15]), dice.choice([0, 1, 9, 5000, 0xFFFF]))
        if kind == 9:
            return self.with_tid(0, dice.choice([1, 2, 3, 4, 5, 7, 8, 15]), amount)
        if kind == 10:
            control = dice.choice([1 << dice.randrange(28), (1 << 36) - 1, 3])
            return sts_ref.to_token(1, sts_ref.block_test(0, control, dice.choice([0, 0, 1, 77])))
        if kind == 11:
            control = dice.choice([1 << dice.randrange(28), (1 << 28) - 1])
            return sts_ref.to_token(1, sts_ref.block_test(dice.choice([1, 1, 2, 6]), control, dice.choice([0, 0, 1, 77])))
        if kind == 12:
            return dice.choice(["1" * 19, "9" * 20, "1234567890123456789A", "", "0" * 21, sts_ref.to_token(3, dice.getrandbits(64))])
        if kind == 13 or not self.sets:
            self.key_change()
        if self.sets:
            tokens = dice.choice(self.sets)
            token = tokens.pop() if tokens else None
            self.sets = [rest for rest in self.sets if rest]
            if token:
                return token
        return self.with_tid(0, 0, amount)

    def run(self, seed):
        steps = []
        for _ in range(self.dice.randrange(6, 18)):
            wait = self.dice.choice([0, 0, 0, 1, 11, 30, 89, 91, 700])
            self.now += wait
            entered = self.draw()
            self.entered.append(entered)
            _, word, _, _ = self.meter.enter(entered.encode())
            steps.append([wait, entered, word, self.meter.credit])
        m = self.meter
        changes = {"key.ea": m.ea, "key.dkga": self.place["dkga"], "key.sgc": self.place["sgc"]}
        readout = {"lookup": "known"}
        for name, value in self.changes.items():
            if name == "credit_max":
                value = sts_hook.hundredths(value)
            value = readout.get(value, value)
            changes[NAMES[name]] = value if isinstance(value, str) else json.dumps(value)
        end = {"sgc": m.sgc, "krn": m.krn, "kt": m.kt, "ti": m.ti, "ken": m.ken, "pending": m.pending_sections,
               "tids": [m.tids[0], m.tids[-1]], "lockout_s": m.lockout_left, "key": f"{m.key:0{32 if m.ea == '11' else 16}x}"}
        return {"seed": seed, "model": changes, "steps": steps, "end": end}


def main():
    keys, count = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    with open(keys, encoding="utf-8") as file:
        document = json.load(file)
    for seed in range(first, first + count):
        print(json.dumps(Drawer(seed, document).run(seed), separators=(",", ":")))


if __name__ == "__main__":
    main()
