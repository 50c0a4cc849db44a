// SPDX-License-Identifier: MIT OR Apache-2.0
// A second foreign reader: npm `soap` builds a server straight from our WSDL and prints what it understood.
// usage: node node_peer.js PORT SCHEMA_DIR   (needs `npm i soap`; run with NODE_PATH=<that node_modules>)
const http = require('http'), fs = require('fs'), path = require('path'), soap = require('soap');
const [port, dir] = [Number(process.argv[2]), process.argv[3]];
const file = path.join(dir, 'xmlvend.wsdl');
const who = a => ({ clientID: { attributes: { 'xsi:type': 'EANDeviceID', ean: '6004708001981' } } });
const now = () => new Date().toISOString().replace(/\.\d+/, '');
const seen = [];
const log = (op, a) => { seen.push(op); console.log(op, JSON.stringify(a)); };
const meter = a => a.idMethod && a.idMethod.meterIdentifier && a.idMethod.meterIdentifier.attributes;
const port1 = {
  ConfirmCustomerRequest(a) {
    log('ConfirmCustomerRequest', a);
    return { clientID: a.clientID, serverID: a.clientID, terminalID: a.terminalID, reqMsgID: a.msgID, respDateTime: now(),
      confirmCustResult: { custVendDetail: { attributes: { name: 'A. Customer', address: '1 Main Rd', accNo: 'VC-1001' } },
        custVendConfig: { canVend: true }, meterDetail: { attributes: { msno: (meter(a) || {}).msno, sgc: '600400', krn: '2', ti: '01' } } } };
  },
  UpdateMeterKeyRequest(a) {
    log('UpdateMeterKeyRequest', a);
    return { reqMsgID: a.msgID, updateMeterKey: { desc: 'Key change', meterDetail: { attributes: { msno: '01425370010', sgc: '600400', krn: '1', ti: '01' } }, token: { attributes: { 'xsi:type': 'KCToken' },
      set1stMeterKey: { stsCipher: '57043592440241877489' }, set2ndMeterKey: { stsCipher: '00127001930957100147' } } } };
  },
  ConfirmMeterRequest(a) {
    log('ConfirmMeterRequest', a);
    const no = (meter(a) || {}).msno;
    if (no !== '01425370010') throw { Fault: { faultcode: 'soap:Server', faultstring: '010038 Meter information not found', statusCode: 500 } };
    return { clientID: a.clientID, serverID: a.clientID, terminalID: a.terminalID, reqMsgID: a.msgID, respDateTime: now(),
      confirmMeterResult: { meterDetail: { attributes: { msno: no, sgc: '600400', krn: '2', ti: '01' }, meterType: { attributes: { at: '07', tt: '02' } } } } };
  },
};
for (const op of ['MeterSpecificEngRequest', 'NonMeterSpecificEngRequest', 'CustReportFaultRequest', 'AdviceRequest', 'CreditVendRequest', 'TrialCreditVendRequest'])
  port1[op] = a => { log(op, a); throw { Fault: { faultcode: 'soap:Server', faultstring: 'read, but not served: ' + op, statusCode: 500 } }; };
const srv = http.createServer((q, r) => r.end());
srv.listen(port, '127.0.0.1', () => {
  const s = soap.listen(srv, { path: '/xmlvend', services: { 'XMLVendService2.1': { XMLVendServicePort: port1 } }, xml: fs.readFileSync(file, 'utf8'), uri: file,
    callback: () => console.error('ready: node peer on', port) });
  s.on('request', (req, name) => console.log('operation chosen from the body:', name));
});
