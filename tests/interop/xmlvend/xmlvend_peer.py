#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""A small vending head-end that speaks XMLVend 2.1 (commissioning subset) for testing a client.

Every request body is judged by two XSD engines that share no code (libxml2 through lxml, and the
pure-Python `xmlschema`), then decoded by a third (zeep). Replies are built and serialised by zeep and
checked again before they leave. Tokens are digits made from a hash: right length, never decryptable.

  xmlvend_peer.py --port 8443 --certs DIR      HTTPS, client certificate demanded, CN must equal clientID
  xmlvend_peer.py --port 8080 --plain          HTTP
--dump DIR keeps every request and reply.
GET /?wsdl, /journal (JSON list of what was asked), /reset, /deaf (adviceReq gets no reply) and /hears
"""
import argparse, datetime as dt, gzip, hashlib, json, os, ssl, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from lxml import etree
import xmlschema, zeep
from zeep.exceptions import Error as ZeepError

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMA = os.path.join(HERE, 'schema')
ENV = 'http://schemas.xmlsoap.org/soap/envelope/'
N = {k: f'http://www.nrs.eskom.co.za/xmlvend/{v}/2.1/schema' for k, v in dict(b='base', m='meter', r='revenue').items()}
BX = 'http://www.eskom.co.za/xmlvend/base-ext/2.1.1/schema'
CLIENT = zeep.Client(os.path.join(SCHEMA, 'xmlvend.wsdl'))
LIBXML = etree.XMLSchema(etree.parse(os.path.join(SCHEMA, 'all.xsd')))
PURE = xmlschema.XMLSchema(os.path.join(SCHEMA, 'all.xsd'))
SERVER_EAN = '6009800000017'
LOCK = threading.Lock()


def ty(name, ns='b'):
    return CLIENT.get_type('{%s}%s' % (N.get(ns, ns), name))


def luhn_ok(d):
    t = 0
    for i, c in enumerate(reversed(d)):
        v = int(c) * (2 if i % 2 else 1)
        t += v - 9 if v > 9 else v
    return t % 10 == 0


def with_luhn(d):
    return next(d + str(c) for c in range(10) if luhn_ok(d + str(c)))


def meter(acc, **k):
    return dict(dict(acc=acc, name='A. Customer', addr='1 Main Rd', loc='TX-0042', can=True, sgc='600400', krn='2', ti='01',
                     ea='07', tct='02', state='active', drop=0, vanish=0), **k)


# One meter for each fault that no other meter shows: confirmMeter and every token request answer with it.
FAULTS = [(k, 'b') for k in ('UnknownMeterEx MSNOCheckDigitEx STSDataEx ConfirmCustomerEx RequestAuthorisationEx ClientIDAuthorisationEx ClientIDSSLEx '
                             'LatestKRNEx UpdateMtrKeySameEx UnknownMeterUpdateMtrKeyEx RequireMeterCardEx VerifyTokenEx UseCaseSupportEx XMLVendSchemaEx '
                             'LastResponseEx ReversalEx ConfirmationEx SystemEx VendorCreditEx DebtEx FBEEx ServiceChrgEx CancelEx ReprintEx '
                             'BusinessRuleEx').split()] + \
         [(k, BX) for k in ('DuplicateMsgIDEx ExpiredMessageEx ServeryBusyEx IndeterminantLastResponseEx MeterDataMisMatchEx EngParameterEx '
                            'AccNumMeterLinkEx AccNumEx AccTypeEx GracePurchaseEx OtherDataEx UnknownMeterFBEEx').split()]


def registry():
    rows = [('0142537001', meter('VC-1001')),                                   # plain: registered and active
            ('0142537002', meter('VC-1002', state='blocked')),                  # BlockedMeterEx
            ('0142537003', meter('VC-1003', state='noauth')),                   # SGCAuthorisationEx
            ('0142537004', meter('VC-1004', can=False)),                        # canVend = false
            ('0142537005', meter('VC-1005', drop=1)),                           # first token reply is lost on the wire
            ('0142537006', meter('VC-1006', state='partial')),                  # InsufficientMeterDataEx
            ('0142537007', meter('VC-1007', krn='1', state='stale')),           # LatestKRNEx until UpdateMeterKey is done
            ('0142537008', meter('VC-1008', state='card')),                     # RequireMeterCardEx
            ('0142537009', meter('VC-1009', vanish=1)),                         # the first token request never arrives
            ('0142537010', meter('VC-1010', drop=1)),                           # as 05
            ('0142537011', meter('VC-1011', drop=1))]                           # as 05
    rows += [('01425380%02d' % i, meter('VC-F', state='fault', fault=f)) for i, f in enumerate(FAULTS)]
    return {**{with_luhn(k): v for k, v in rows}, **EXTRA}


# Meters given by --meter: their key-change tokens are real ones.
EXTRA = {}


class State:
    def __init__(s):
        s.meters, s.seen, s.journal, s.faults, s.deaf = registry(), {}, [], [], False


ST = State()


class VendFault(Exception):
    def __init__(s, kind, desc, operator=None, ns='b', code=None):
        s.kind, s.desc, s.operator, s.ns, s.code = kind, desc, operator, ns, code


class Drop(Exception):
    pass


def fake_token(*seed):
    h = int.from_bytes(hashlib.sha256('|'.join(map(str, seed)).encode()).digest(), 'big')
    return '%020d' % (h % 10**19 * 7 % 10**20)


def sts1(*seed):
    return ty('STS1Token')(stsCipher=fake_token(*seed))


# ---- helpers on decoded values -------------------------------------------------------------------
def dev(v):
    return getattr(v, 'ean', None) or getattr(v, 'id', None)


def base(req, **k):
    return dict(clientID=req.clientID, serverID=ty('EANDeviceID')(ean=SERVER_EAN), terminalID=req.terminalID, reqMsgID=req.msgID,
                respDateTime=dt.datetime.now(dt.timezone.utc).replace(microsecond=0), **k)


def vend(req, m):
    return base(req, clientStatus=dict(availCredit=dict(value='1000.00', symbol='R')), utility=dict(name='Test Utility', address='-', taxRef='-'),
                custVendDetail=dict(name=m['name'], address=m['addr'], accNo=m['acc'], locRef=m['loc']))


def detail(no, m):
    return ty('MeterDetail')(msno=no, sgc=m['sgc'], krn=m['krn'], ti=m['ti'], meterType=dict(at=m['ea'], tt=m['tct']))


def find(no, need=('blocked', 'noauth', 'partial')):
    if not luhn_ok(no):
        raise VendFault('MSNOCheckDigitEx', 'Check digit of %s is wrong' % no)
    m = ST.meters.get(no)
    if not m:
        raise VendFault('UnknownMeterEx', '010038 Meter information not found', 'Meter not on server. Register the meter first.')
    s = m['state']
    if s == 'fault' and 'blocked' in need:
        kind, ns = m['fault']
        raise VendFault(kind, 'as asked for: ' + kind, 'Operator: ' + kind, ns=ns, code='VD.1')
    if s in need:
        raise {'blocked': VendFault('BlockedMeterEx', 'Meter is blocked: tamper investigation open'),
               'noauth': VendFault('SGCAuthorisationEx', 'Not authorised for supply group ' + m['sgc']),
               'partial': VendFault('InsufficientMeterDataEx', 'Meter known, but SGC/TI not captured')}[s]
    return m


def msno(idm):
    mi = idm.meterIdentifier
    if getattr(mi, 'msno', None):
        return mi.msno
    raise VendFault('UseCaseSupportEx', 'Only msno identification is supported here')


# ---- use cases -----------------------------------------------------------------------------------
def confirm_customer(req, kind):
    idm = req.idMethod
    if getattr(idm, 'meterIdentifier', None) is not None:
        no = msno(idm)
        hits = [(no, find(no, need=('noauth',)))]
    else:
        acc = getattr(idm.custIdentifier, 'accNo', None)
        hits = [(k, v) for k, v in ST.meters.items() if acc and v['acc'] == acc]
        if not hits:
            raise VendFault('ConfirmCustomerEx', 'Customer not found')
    out = [dict(custVendDetail=dict(name=m['name'], address=m['addr'], accNo=m['acc'], locRef=m['loc'], daysLastPurchase=0),
                custVendConfig=dict(canVend=bool(m['can'] and m['state'] != 'blocked'), fbeDue=False), meterDetail=detail(no, m)) for no, m in hits]
    return 'r', 'confirmCustomerResp', ty('ConfirmCustomerResp', 'r'), base(req, dispHeader='Customer', confirmCustResult=out)


def confirm_meter(req, kind):
    no = msno(req.idMethod)
    return 'm', 'confirmMeterResp', ty('ConfirmMeterResp', 'm'), base(req, dispHeader='Confirm Meter Details', confirmMeterResult=dict(meterDetail=detail(no, find(no))))


def kct(no, m, f, t, mid):
    real = m.get('tokens')
    section = lambda place: ty('STS1Token')(stsCipher=real[place]) if real else sts1('k%d' % (place + 1), no, t, mid)
    return ty('KCTokenIssue')(desc='Key change', meterDetail=detail(no, m), kctData=dict(fromSGC=f[0], fromKRN=f[1], fromTI=f[2], toSGC=t[0], toKRN=t[1], toTI=t[2]),
                              token=ty('KCToken')(set1stMeterKey=section(0), set2ndMeterKey=section(1)))


def update_key(req, kind):
    mc = req.idMethod
    if not getattr(mc, 'msno', None):
        raise VendFault('UseCaseSupportEx', 'MeterCard identification is not supported here')
    no, m = mc.msno, ST.meters.get(mc.msno)
    if not m:
        raise VendFault('UnknownMeterUpdateMtrKeyEx', 'Cannot update key, meter not on server')
    target = (m['sgc'], '2' if m['state'] == 'stale' else m['krn'], m['ti'])
    field = (mc.sgc, mc.krn, mc.ti)
    if field == target:
        raise VendFault('UpdateMtrKeySameEx', 'From key data same as To key data')
    if (mc.meterType.at, mc.meterType.tt) != (m['ea'], m['tct']):
        raise VendFault('MeterDataMisMatchEx', 'Algorithm or token technology differs from the record', ns=BX)
    m.update(krn=target[1], state='active' if m['state'] == 'stale' else m['state'])
    return 'm', 'updateMeterKeyResp', ty('UpdateMeterKeyResp', 'm'), dict(vend(req, m), updateMeterKey=kct(no, m, field, target, req.msgID.uniqueNumber))


def eng(req, kind):
    no = msno(req.idMethod)
    m = find(no)
    if m['state'] == 'card':
        raise VendFault('RequireMeterCardEx', 'Present the meter card')
    if m['state'] == 'stale' and kind != 'EngKCTReq':
        raise VendFault('LatestKRNEx', 'Key revision %s of %s has expired, update the meter key' % (m['krn'], m['sgc']))
    issue = lambda t, **k: ty(t)(desc=kind[:-3], meterDetail=detail(no, m), token=sts1(kind, no, req.msgID.uniqueNumber), **k)
    v = vend(req, m)
    if kind == 'EngKCTReq':
        k = req.kctData
        f, t = (k.fromSGC, k.fromKRN, k.fromTI), (k.toSGC, k.toKRN, k.toTI)
        if f == t:
            raise VendFault('UpdateMtrKeySameEx', 'From key data same as To key data')
        v['engKCToken'] = kct(no, m, f, t, req.msgID.uniqueNumber)
    elif kind == 'ClearTamperReq': v['clearTamper'] = issue('ClearTamperTokenIssue')
    elif kind == 'ClearCreditReq': v['clearCredit'] = issue('ClearCreditTokenIssue')
    elif kind == 'PwrLmtReq': v['pwrLmtToken'] = issue('PwrLmtTokenIssue', pwrLmt=req.pwrLmt)
    elif kind == 'PhUnbalReq': v['phUnbalance'] = issue('PhUnbalTokenIssue', pwrLmt=req.pwrLmt)
    elif kind == 'SetWaterFactorReq': v['waterFactor'] = issue('WaterFactorTokenIssue', waterFactor=req.waterFactor)
    elif kind == 'DefCreditReq': v['defCredit'] = issue('SaleCredTokenIssue', units=dict(value='5', siUnit='kWh'), resource=req.resource)
    else: raise VendFault('UseCaseSupportEx', kind + ' is not supported')
    return 'm', 'meterSpecificEngResp', ty(kind[:-3] + 'Resp', 'm'), v


NMSE = dict(TestAll='testAll', TestBreaker='testBreaker', TestDisplay='testDisp', DispPwrLmt='dispPwrLmt', DispTI='dispTI', DispKRN='dispKRN', DispTamper='dispTamper',
            DispInstPwr='dispInstPwr', DispConsTot='dispConsTot', DispPhUnbalance='dispPhUnbalance', DispVer='dispVer')


def non_eng(req, kind):
    k = kind[:-3]
    if k not in NMSE:
        raise VendFault('UseCaseSupportEx', kind + ' is not supported')
    return 'm', 'nonMeterSpecificEngResp', ty(k + 'Resp', 'm'), base(req, **{NMSE[k]: ty(k + 'TokenIssue', 'm')(desc=k, meterType=req.meterType, token=sts1(k))})


def credit(req, kind):
    no = msno(req.idMethod)
    m = find(no)
    if not m['can']:
        raise VendFault('BusinessRuleEx', 'Vending is switched off for this customer')
    trial = kind == 'TrialCreditVendReq'
    amt = getattr(req.purchaseValue, 'amt', None)
    kwh = '%.1f' % (float(amt.value) / 2 if amt is not None else float(req.purchaseValue.units.value))
    tok = ty('STS1Token')(stsCipher='0' * 16) if trial else sts1('c', no, req.msgID.uniqueNumber)
    tx = ty('CreditVendTx', 'r')(amt=amt or dict(value='0', symbol='R'), creditTokenIssue=ty('SaleCredTokenIssue')(desc='Normal sale', meterDetail=detail(no, m), token=tok,
                                 units=dict(value=kwh, siUnit='kWh'), resource=req.resource), receiptNo='T%s' % req.msgID.uniqueNumber)
    if m['state'] == 'stale':  # the key change rides along with the sale
        tx.kcTokenIssue = kct(no, m, (m['sgc'], m['krn'], m['ti']), (m['sgc'], '2', m['ti']), 'vend')
    e = 'trialCreditVendResp' if trial else 'creditVendResp'
    return 'r', e, ty(e[0].upper() + e[1:], 'r'), dict(vend(req, m), creditVendReceipt=dict(receiptNo='T%s' % req.msgID.uniqueNumber, transactions=dict(tx=[tx])))


def report(req, kind):
    ST.faults.append(dict(kind=type(req.custFaultReport).__name__, desc=getattr(req.custFaultReport, 'desc', None)))
    return 'm', 'custReportFaultResp', ty('CustReportFaultResp', 'm'), base(req, custFaultLog=dict(refNo='F%06d' % len(ST.faults), custDetail=req.custDetail, faultReport=req.custFaultReport))


def advice(req, kind):
    key = (dev(req.clientID), dev(req.terminalID), req.adviceReqMsgID.dateTime, int(req.adviceReqMsgID.uniqueNumber))
    hit = ST.seen.get(key)
    if kind == 'LastRespAdviceReq':
        if not hit or hit['value'] is None:
            raise VendFault('LastResponseEx', 'No transaction for that MsgID')
        return 'b', 'adviceResp', ty('LastRespAdviceResp'), base(req, adviceReqMsgID=req.adviceReqMsgID, lastResponse=hit['value'])
    if not hit:
        raise VendFault('ConfirmationEx' if kind.startswith('Conf') else 'ReversalEx', 'No transaction for that MsgID')
    if kind == 'ConfirmationAdviceReq':
        return 'b', 'adviceResp', ty('ConfirmationAdviceResp'), base(req, adviceReqMsgID=req.adviceReqMsgID, txConfirmed=True)
    return 'b', 'adviceResp', ty('ReversalAdviceResp'), base(req, adviceReqMsgID=req.adviceReqMsgID, txReversed=True)


CASES = {('r', 'confirmCustomerReq'): confirm_customer, ('m', 'confirmMeterReq'): confirm_meter, ('m', 'updateMeterKeyReq'): update_key, ('m', 'meterSpecificEngReq'): eng,
         ('m', 'nonMeterSpecificEngReq'): non_eng, ('r', 'creditVendReq'): credit, ('r', 'trialCreditVendReq'): credit, ('m', 'custReportFaultReq'): report, ('b', 'adviceReq'): advice}
TOKENS = {'updateMeterKeyReq', 'meterSpecificEngReq', 'creditVendReq'}


# ---- wire ----------------------------------------------------------------------------------------
def envelope(inner):
    # joined as text: moving nodes between lxml trees can lose prefixes that only xsi:type uses
    return b'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="%s"><soap:Body>%s</soap:Body></soap:Envelope>' % (ENV.encode(), inner)


def render(ns, name, value):
    holder = etree.Element('x')
    CLIENT.get_element('{%s}%s' % (N[ns], name)).render(holder, value)
    out = etree.tostring(holder[0])
    LIBXML.assertValid(etree.ElementTree(etree.fromstring(out)))
    return out


def soap_fault(code, text, inner=b''):
    esc = text.replace('&', '&amp;').replace('<', '&lt;').encode()
    return 500, envelope(b'<soap:Fault><faultcode>soap:%s</faultcode><faultstring>%s</faultstring><detail>%s</detail></soap:Fault>' % (code.encode(), esc, inner))


def vend_fault(req, f):
    # a request too broken to decode still gets a schema-true fault: the header parts are then placeholders
    ctx = base(req) if req is not None else dict(clientID=ty('GenericDeviceID')(id='?'), serverID=ty('EANDeviceID')(ean=SERVER_EAN), terminalID=ty('GenericDeviceID')(id='?'),
                                                 reqMsgID=dict(dateTime='0' * 14, uniqueNumber=1), respDateTime=dt.datetime.now(dt.timezone.utc).replace(microsecond=0))
    body = ty('XMLVendFaultResp')(**ctx, dispHeader='ONLINE ERROR', operatorMsg=f.operator or f.desc, fault=ty(f.kind, f.ns)(desc=f.desc, faultCode=f.code))
    return soap_fault('Server', f.desc, render('b', 'xmlvendFaultResp', body))


def handle(raw, cn):
    note = dict(bytes=len(raw))
    try:
        doc = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as e:
        return (*soap_fault('Client', 'not XML: %s' % e), note)
    body = doc.find('{%s}Body' % ENV)
    if doc.tag != '{%s}Envelope' % ENV or body is None or len(body) != 1:
        return (*soap_fault('VersionMismatch' if 'Envelope' in doc.tag else 'Client', 'need a SOAP 1.1 envelope with one body element'), note)
    el = etree.fromstring(etree.tostring(body[0]))  # own tree: in-scope namespaces come along
    q = etree.QName(el)
    note['root'] = q.localname
    a = [] if LIBXML.validate(etree.ElementTree(el)) else [e.message for e in LIBXML.error_log]
    b = [e.reason for e in PURE.iter_errors(etree.tostring(el, encoding='unicode'))]
    note.update(libxml2=a[:3], xmlschema=[str(x)[:160] for x in b[:3]])
    dom = {v: k for k, v in N.items()}.get(q.namespace)
    if a or b:
        return (*vend_fault(None, VendFault('XMLVendSchemaEx', ('Schema: ' + (a or b)[0])[:480])), note)
    req = CLIENT.get_element(el.tag).parse(el, CLIENT.wsdl.types)
    kind = req._xsd_type.name
    if q.localname == 'adviceReq' and ST.deaf:
        raise Drop
    if q.localname in TOKENS:
        lost = ST.meters.get(getattr(req.idMethod, 'msno', None) or msno(req.idMethod), {})
        if lost.get('vanish'):
            lost['vanish'] -= 1
            raise Drop
    note.update(kind=kind, msg='%s/%s' % (req.msgID.dateTime, req.msgID.uniqueNumber))
    try:
        if cn is not None and cn != dev(req.clientID):
            raise VendFault('ClientIDSSLEx', 'clientID %s is not the certificate subject %s' % (dev(req.clientID), cn))
        if req.authCred is None or req.authCred.opName != 'crew7' or req.authCred.password != 'secret':
            raise VendFault('RequestAuthorisationEx', 'Operator not authorised')
        key = (dev(req.clientID), dev(req.terminalID), req.msgID.dateTime, int(req.msgID.uniqueNumber))
        digest = hashlib.sha256(etree.tostring(el, method='c14n')).hexdigest()
        with LOCK:
            old = ST.seen.get(key)
            if old:  # same MsgID: same answer, never a second token
                if old['digest'] != digest:
                    raise VendFault('DuplicateMsgIDEx', 'MsgID used before for another request', ns=BX)
                note['replayed'] = True
                return 200, old['bytes'], note
            fn = CASES.get((dom, q.localname))
            if not fn:
                raise VendFault('UseCaseSupportEx', q.localname + ' is not supported')
            ns, name, t, vals = fn(req, kind)
            value = t(**vals)
            out = envelope(render(ns, name, value))
            ST.seen[key] = dict(digest=digest, bytes=out, value=value)
            if q.localname in TOKENS:
                no = getattr(req.idMethod, 'msno', None) or msno(req.idMethod)
                if ST.meters.get(no, {}).get('drop'):
                    ST.meters[no]['drop'] -= 1
                    note['dropped'] = True
                    raise Drop
        return 200, out, note
    except VendFault as f:
        note['fault'] = f.kind
        return (*vend_fault(req, f), note)


class H(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *a): pass

    def send(self, code, data, ct='text/xml; charset=utf-8'):
        if 'gzip' in self.headers.get('Accept-Encoding', '') and len(data) > 200:
            data, enc = gzip.compress(data), 'gzip'
        else: enc = None
        self.send_response(code)
        self.send_header('Content-Type', ct)
        if enc: self.send_header('Content-Encoding', enc)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        if self.path.endswith('/journal'): return self.send(200, json.dumps(dict(journal=ST.journal, faults=ST.faults, meters=list(ST.meters),
                                                                                  fault_meters={m['fault'][0]: k for k, m in ST.meters.items() if m['state'] == 'fault'}), indent=1).encode(), 'application/json')
        if self.path.endswith(('/deaf', '/hears')):
            ST.deaf = self.path.endswith('/deaf')
            return self.send(200, b'ok', 'text/plain')
        if self.path.endswith('/reset'): globals().update(ST=State()); return self.send(200, b'ok', 'text/plain')
        f = 'xmlvend.wsdl' if 'wsdl' in self.path else os.path.basename(self.path)
        if f.endswith(('.xsd', '.wsdl')) and os.path.exists(os.path.join(SCHEMA, f)): return self.send(200, open(os.path.join(SCHEMA, f), 'rb').read())
        self.send(404, b'')

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        if self.headers.get('Content-Encoding') == 'gzip': raw = gzip.decompress(raw)
        cn = None
        if isinstance(self.connection, ssl.SSLSocket):
            cn = dict(x[0] for x in self.connection.getpeercert()['subject']).get('commonName')
        try:
            code, out, note = handle(raw, cn)
        except Drop:
            ST.journal.append(dict(dropped=True, body=raw.decode()))
            self.close_connection = True
            self.connection.close()
            return
        except (ZeepError, Exception) as e:  # noqa: a peer must answer, and say why
            code, out = soap_fault('Server', 'peer error: %r' % e)
            note = dict(peer_error=repr(e))
        if ARGS.dump:  # keep the pair for other readers and for golden tests
            n = len(ST.journal)
            for tag, data in (('req', raw), ('resp', out)):
                with open(os.path.join(ARGS.dump, '%03d-%s.xml' % (n, tag)), 'wb') as fh: fh.write(data)
        note.update(status=code, soapaction=self.headers.get('SOAPAction'), ctype=self.headers.get('Content-Type'), cn=cn)
        ST.journal.append(note)
        self.send(code, out)


if __name__ == '__main__':
    p = argparse.ArgumentParser()
    p.add_argument('--meter', action='append', default=[], help='JSON: drn, acc, sgc, krn, ti, tokens')
    p.add_argument('--port', type=int, default=8443); p.add_argument('--certs'); p.add_argument('--plain', action='store_true'); p.add_argument('--dump')
    a = ARGS = p.parse_args()
    for one in map(json.loads, a.meter):
        EXTRA[one.pop('drn')] = meter(one.pop('acc'), **one)
    ST.meters.update(EXTRA)
    s = ThreadingHTTPServer(('127.0.0.1', a.port), H)
    if not a.plain:
        c = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=os.path.join(a.certs, 'ca.pem'))
        c.verify_mode = ssl.CERT_REQUIRED
        c.load_cert_chain(os.path.join(a.certs, 'server.pem'), os.path.join(a.certs, 'server.key'))
        s.socket = c.wrap_socket(s.socket, server_side=True)
    print('ready: listening on', a.port, file=sys.stderr, flush=True)
    s.serve_forever()
