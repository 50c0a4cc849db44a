# SPDX-License-Identifier: GPL-3.0-only
"""What pydlms_meter.py adds to the simulator of the PyPI package pydlms-client beside security: short-name referencing,
general block transfer one block or one window at a time, a load profile and a switch, and a log of all of it."""
import datetime

from pydlms import DlmsData, ObisCode
from pydlms.apdu import sn, xdlms
from pydlms.apdu.acse import AARE, ApplicationContext
from pydlms.apdu.gbt import decode_gbt
from pydlms.apdu.tags import Tag
from pydlms.apdu.xdlms import Conformance
from pydlms.cosem.data import encode_data
from pydlms.cosem.enums import ActionResult, DataAccessResult
from pydlms.cosem.time import CosemDateTime
from pydlms.exceptions import DlmsError
from pydlms.simulator import HdlcServer, _sn_method_error
from pydlms.sn_methods import method_offset

#: APDU tag to the name of its service
SERVICES = {0x05: "read", 0x06: "write", 0x16: "unconfirmed-write", 0xC0: "get", 0xC1: "set", 0xC3: "action", 0xD9: "access"}
SHORT = (Tag.READ_REQUEST, Tag.WRITE_REQUEST, Tag.UNCONFIRMED_WRITE_REQUEST)
#: association SN, class 12: base name, and what is at which offset
BASE, NAME, LIST, RIGHTS, SETUP_NAME = 0xFA00, 0x00, 0x08, 0x10, 0x18
READ_BY_NAME, CHANGE_SECRET, REPLY_TO_HLS = 0x30, 0x40, 0x58
ASSOCIATION_NAME, SECURITY_NAME = ObisCode.parse("0.0.40.0.0.255"), ObisCode.parse("0.0.43.0.0.255")
PROFILE, SWITCH = "1.0.99.1.0.255", "0.0.96.3.10.255"
ROWS, PERIOD = 200, 900
#: what goes around a block's content at most: the service, general-glo-ciphering and its tag
AROUND = 48
#: choices of variable-access-specification
FORMS = {sn.VariableName: "variable", sn.ParameterizedAccess: "parameterized", sn.BlockNumberAccess: "block-number",
         sn.ReadDataBlockAccess: "data-block", sn.WriteDataBlockAccess: "data-block"}


def short(name):
    """A short name as Integer16 carries it."""
    return DlmsData.int16(name - 0x10000 if name >= 0x8000 else name)


def stamp(when):
    return DlmsData.octet_string(CosemDateTime.from_datetime(when).to_bytes()[:9] + b"\x80\x00\x00")


def add_objects(meter):
    """A load profile that ends with the meter's clock and energy, and a switch."""
    end, energy = datetime.datetime(2026, 1, 1, 12), 1234567
    rows = [DlmsData.structure([stamp(end - datetime.timedelta(seconds=PERIOD * (ROWS - 1 - n))), DlmsData.uint32(energy - (ROWS - 1 - n))])
            for n in range(ROWS)]

    def captured(class_id, name):
        return DlmsData.structure([DlmsData.uint16(class_id), DlmsData.octet_string(ObisCode.parse(name).to_bytes()), DlmsData.int8(2),
                                   DlmsData.uint16(0)])

    profile = (7, ObisCode.parse(PROFILE))
    meter.add_object(7, PROFILE, {
        2: DlmsData.array(rows), 3: DlmsData.array([captured(8, "0.0.1.0.0.255"), captured(3, "1.0.1.8.0.255")]),
        4: DlmsData.uint32(PERIOD), 5: DlmsData.enum(1), 6: DlmsData.structure([DlmsData.uint16(0), DlmsData.octet_string(bytes(6)),
                                                                                DlmsData.int8(0), DlmsData.uint16(0)]),
        7: lambda: DlmsData.uint32(len(meter.objects[profile][2].value)), 8: DlmsData.uint32(ROWS)}, version=1)
    listed = [(1, "0.0.96.1.0.255"), (8, "0.0.1.0.0.255"), (3, "1.0.1.8.0.255"), (3, "1.0.32.7.0.255")]
    meter.add_object(40, "0.0.25.9.0.255", {2: DlmsData.array([captured(*item) for item in listed])})
    meter.add_object(70, SWITCH, {2: DlmsData.boolean(True), 3: DlmsData.enum(1), 4: DlmsData.enum(2)})

    def reset(*_):
        meter.objects[profile][2] = DlmsData.array([])
        meter.event("profile-reset")

    def switch(on):
        item = meter.objects[70, ObisCode.parse(SWITCH)]
        item[2], item[3] = DlmsData.boolean(on), DlmsData.enum(int(on))
        meter.event("switch", on=on)

    meter.add_method(7, PROFILE, 1, reset)
    meter.add_method(70, SWITCH, 1, lambda *_: switch(False))
    meter.add_method(70, SWITCH, 2, lambda *_: switch(True))


class Hdlc(HdlcServer):
    """The simulator's HDLC, which also acknowledges a frame whose content it does not answer: a block of many, an unconfirmed
    service. What it loses or rejects of a window it does once in all its connections."""

    def __init__(self, *where, args, **more):
        more.update(window=args.hdlc_window, drop=args.hdlc_lose, reject=args.hdlc_reject)
        super().__init__(*where, **more)
        self.args = args

    def feed(self, data):
        super().feed(data)
        # The highest so far, of all connections.
        if self.max_burst > self.sim.max_burst:
            self.sim.max_burst = self.max_burst
            self.sim.event("hdlc-window", frames=self.max_burst, overruns=self.window_overruns)

    def _respond(self):
        self.tx, self.answered = [], False
        super()._respond()
        if not self.answered:
            self._acknowledge()

    def _next(self):
        self.answered = True
        super()._next()


class Services:
    """Goes in front of the simulator. `args`, `event`, `envelope` and `writable` are the meter's."""

    gbt_blocks = 0
    max_burst = 0

    def offer(self):
        """The conformance of the meter, and short names for its objects."""
        args = self.args
        wanted = Conformance.default_sn() if args.short_names else Conformance.default_ln()
        if args.general or args.general_ciphering or args.general_signing:
            wanted |= Conformance.GENERAL_PROTECTION
        if args.no_lists:
            wanted &= ~Conformance.MULTIPLE_REFERENCES
        if args.access and not args.short_names:
            wanted |= Conformance.ACCESS
        if args.gbt:
            wanted |= Conformance.GENERAL_BLOCK_TRANSFER
            wanted &= ~(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ | Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE
                        | Conformance.BLOCK_TRANSFER_WITH_ACTION)
            self.gbt_window = args.gbt
            self.gbt_streaming = args.gbt > 1 if args.streaming is None else args.streaming
            self.gbt_max_retransmissions = 10
            self.drop_gbt_blocks = set(args.gbt_lose)
            self.drop_gbt_requests = set(args.gbt_lose_requests)
        self.conformance = wanted
        if args.short_names:
            base = 0x100
            for key in self.objects:
                # The association has 0xFA00.
                if key[0] != 15:
                    self.base_names[key] = base
                    base += 0x100

    # -- the association ------------------------------------------------------------------------------------------
    def refuse_context(self, context):
        """An AARE with the context the meter has, when it is asked for the other one."""
        if context.logical_names != self.args.short_names:
            return None
        own = ApplicationContext((2 if self.args.short_names else 1) + (2 if context.ciphered else 0))
        return AARE(own, 1, 1, 2).to_bytes()

    # -- the log ---------------------------------------------------------------------------------------------------
    def describe_request(self, plain):
        """What the log says of a request beside its protection."""
        told = {"service": SERVICES.get(plain[0], f"{plain[0]:#x}"), "referencing": "short" if plain[0] in SHORT else "logical",
                "gbt": self.gbt_blocks}
        try:
            if plain[0] in SHORT:
                request = sn.decode_sn_apdu(plain)
                told["form"] = [FORMS[type(item)] for item in request.items]
                told["names"] = [f"{item.name:04X}" for item in request.items if hasattr(item, "name")]
            else:
                request = xdlms.decode_apdu(plain)
                told["form"] = type(request).__name__.split("Request", 1)[-1].lower() or "normal"
                if isinstance(request, xdlms.AccessRequest):
                    told["form"] = [type(item).__name__.removeprefix("AccessRequest").lower() for item in request.specifications]
        except DlmsError as problem:
            told["undecoded"] = str(problem)
        return told

    # -- general block transfer --------------------------------------------------------------------------------------
    def _gbt_in(self, apdu, session):
        block = decode_gbt(apdu)
        self.gbt_received = getattr(self, "gbt_received", 0) + bool(block.data)
        self.event("gbt-block", number=block.block_number, acknowledged=block.block_number_ack, window=block.window,
                   streaming=block.streaming, last=block.last, octets=len(block.data))
        self.gbt_blocks = self.gbt_received
        try:
            return super()._gbt_in(apdu, session)
        finally:
            self.gbt_blocks = 0

    def _handle_one(self, apdu, session):
        self.gbt_received = 0
        return super()._handle_one(apdu, session)

    def _gbt_out(self, response, session, via_gbt):
        out = super()._gbt_out(response, session, via_gbt)
        if session.gbt is not None and out != [response]:
            self.event("gbt-response", octets=len(response), blocks=len(session.gbt._chunks),  # pylint: disable=protected-access
                       at_once=len(out), window=session.gbt.peer_window, streaming=self.gbt_streaming)
        return out

    # -- short names -------------------------------------------------------------------------------------------------
    def sn_object_list(self):
        items = [(BASE, 12, 2, ASSOCIATION_NAME)]
        items += [(base, cid, self.versions[cid, name], name) for (cid, name), base in self.base_names.items()]
        return DlmsData.array([DlmsData.structure([short(base), DlmsData.uint16(cid), DlmsData.uint8(version),
                                                   DlmsData.octet_string(name.to_bytes())]) for base, cid, version, name in items])

    def sn_rights(self):
        """access_rights_list: attributes and methods of each object with their modes."""
        rows = []
        for (cid, name), base in self.base_names.items():
            attributes = [DlmsData.structure([DlmsData.int8(n), DlmsData.enum(1 if n == 1 else 3), DlmsData.null()])
                          for n in sorted(self.objects[cid, name])]
            methods = [DlmsData.structure([DlmsData.int8(n), DlmsData.enum(1)]) for n in sorted(self._methods_of(cid, name))]
            rows.append(DlmsData.structure([short(base), DlmsData.array(attributes), DlmsData.array(methods)]))
        return DlmsData.array(rows)

    def sn_find(self, address):
        """The object at an address, and the offset within it."""
        if address >= BASE:
            return ("association", address - BASE) if address - BASE <= REPLY_TO_HLS else None
        if address % 8:
            return None
        return next(((key, address - base) for key, base in self.base_names.items() if base <= address < base + 0x100), None)

    def _sn(self, plain, session):
        request = sn.decode_sn_apdu(plain)
        if isinstance(request, sn.UnconfirmedWriteRequest):
            self.sn_write(request, session)
            return None
        if session.gbt_negotiated and any(isinstance(item, (sn.ReadDataBlockAccess, sn.WriteDataBlockAccess, sn.BlockNumberAccess))
                                          for item in request.items):
            return xdlms.ExceptionResponse(2, 2).to_bytes()
        parts = self._sn_parts(request, session)
        if parts is not None:
            return parts
        if isinstance(request, sn.WriteRequest):
            return sn.WriteResponse(self.sn_write(request, session)).to_bytes()
        if not isinstance(request, sn.ReadRequest):
            return xdlms.ExceptionResponse(2, 2).to_bytes()
        if len(request.items) == 1 and isinstance(request.items[0], sn.BlockNumberAccess):
            return sn.ReadResponse([self._sn_block(request.items[0].block_number + 1, session)]).to_bytes()
        results = [self.sn_read(item, session) for item in request.items]
        raw = sn.ReadResponse(results).to_bytes()
        room = min(self.max_pdu, session.client_max_pdu) - AROUND
        if len(raw) <= room or session.gbt_negotiated:
            return raw
        # One value goes in blocks as it is, as by Gurux; several as the list of results.
        alone = len(results) == 1 and results[0].data is not None and self.args.read_blocks == "data"
        content = encode_data(results[0].data) if alone else raw[1:]
        session.block = [content[n:n + room] for n in range(0, len(content), room)]
        return sn.ReadResponse([self._sn_block(1, session)]).to_bytes()

    def sn_read(self, item, session):
        """One result of a ReadResponse: an attribute's value, or what a method gives."""
        parameterized = isinstance(item, sn.ParameterizedAccess)
        found = self.sn_find(item.name) if hasattr(item, "name") else None
        if found is None:
            return sn.ReadResult(error=DataAccessResult.OBJECT_UNDEFINED)
        key, offset = found
        try:
            if key == "association":
                value = self.sn_association(offset, item.parameter if parameterized else None, session)
            elif (first := method_offset(key[0], self.versions[key])) and offset >= first:
                value = self.sn_method(key, (offset - first) // 8 + 1, item.parameter, session) if parameterized else (
                    DataAccessResult.READ_WRITE_DENIED)
            else:
                access = xdlms.SelectiveAccess(item.selector, item.parameter) if parameterized else None
                value = self._read(key[0], key[1], offset // 8 + 1, access)
        except (DlmsError, AttributeError, IndexError, TypeError, ValueError):
            value = DataAccessResult.TYPE_UNMATCHED
        return sn.ReadResult(error=value) if isinstance(value, DataAccessResult) else sn.ReadResult(data=value)

    def sn_method(self, key, method, parameter, session):
        answer = xdlms.decode_apdu(self._action_normal(0, xdlms.MethodDescriptor(key[0], key[1], method), parameter))
        if answer.result != ActionResult.SUCCESS:
            return _sn_method_error(answer.result)
        return answer.return_data.data if answer.return_data else DlmsData.null()

    def sn_association(self, offset, parameter, session):
        if offset == NAME:
            return DlmsData.octet_string(ASSOCIATION_NAME.to_bytes())
        if offset == LIST:
            return self.sn_object_list()
        if offset == RIGHTS and self.writable:
            return self.sn_rights()
        if offset == SETUP_NAME:
            return DlmsData.octet_string(SECURITY_NAME.to_bytes())
        if parameter is None:
            return DataAccessResult.OBJECT_UNAVAILABLE
        if offset == REPLY_TO_HLS:
            answer = xdlms.decode_apdu(self._hls_reply(0, parameter, session))
            return answer.return_data.data if answer.result == ActionResult.SUCCESS else DataAccessResult.OTHER_REASON
        if offset == READ_BY_NAME:
            values = []
            for wanted in parameter.value:
                cid, name, index = (part.value for part in wanted.value)
                value = self._read(cid, ObisCode.from_bytes(bytes(name)), index)
                if isinstance(value, DataAccessResult):
                    return value
                values.append(value)
            return values[0] if len(values) == 1 else DlmsData.structure(values)
        if offset == CHANGE_SECRET and self.writable:
            self.change_secret(parameter, "method")
            return DlmsData.null()
        return DataAccessResult.OBJECT_UNAVAILABLE

    def sn_write(self, request, session):
        """The results of a WriteRequest. A method may be written too; what it gives is then not told."""
        results = []
        for item, value in zip(request.items, request.values, strict=True):
            found = self.sn_find(item.name) if isinstance(item, (sn.VariableName, sn.ParameterizedAccess)) else None
            if found is None:
                results.append(DataAccessResult.OBJECT_UNDEFINED)
            elif found[0] == "association":
                results.append(DataAccessResult.READ_WRITE_DENIED)
            elif (first := method_offset(found[0][0], self.versions[found[0]])) and found[1] >= first:
                done = self.sn_method(found[0], (found[1] - first) // 8 + 1, value, session)
                results.append(done if isinstance(done, DataAccessResult) else DataAccessResult.SUCCESS)
            else:
                results.append(self._write(*found[0], found[1] // 8 + 1, value))
        return results

    def wrong_referencing(self, plain, session):
        """A request in the other referencing, or before the challenge is answered."""
        if (plain[0] in SHORT) == session.logical_names and plain[0] in SERVICES:
            return True
        if session.hls_pending and plain[0] in SHORT:
            items = sn.decode_sn_apdu(plain).items
            return [getattr(item, "name", None) for item in items] != [BASE + REPLY_TO_HLS]
        return False
