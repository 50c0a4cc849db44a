#!/usr/bin/env python3
"""A token server in the PrismToken shape on thriftpy2 (foreign Thrift code). Its tokens are made by sts_ref.py, which shares no code
with the program, from the bench keys of a key file.

    server.py --port N --keys FILE --journal FILE [--fault KIND] [--certificate PEM]     prints `ready:`

Faults: lose (the first reply to a request for tokens), lose-request (it never arrives), other-meter, elsewhere (the set leads
to another tariff index), one-token, twice (the same section), no-advice, silent (no call after the sign-in is answered)."""
import argparse, json, os, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "dlms_meter"))
import sts_ref
import thriftpy2
from thriftpy2.protocol import TBinaryProtocolFactory
from thriftpy2.rpc import make_server
from thriftpy2.transport import TFramedTransportFactory

T = thriftpy2.load(os.path.join(HERE, "tokenapi.thrift"), module_name="tokenapi_thrift")


def luhn_is_right(drn):
    return str(drn[-1]) == str(sts_ref.luhn(drn[:-1]))


class Api:
    def __init__(self, options):
        self.options, self.results, self.lost = options, {}, False
        self.keys = json.load(open(options.keys))["vending_keys"]

    def note(self, method, message, *words):
        with open(self.options.journal, "a") as journal:
            journal.write(json.dumps({"method": method, "message": message, "words": [str(word) for word in words]}) + "\n")

    def vending(self, sgc, krn, ea):
        for key in self.keys:
            if (int(key["sgc"]), key["krn"], int(key["ea"]), key["kt"]) == (sgc, krn, ea, 2):
                return key
        raise T.ApiException("EKeystore.NotFound", "Vending Key not available for SGC=%06d" % sgc)

    def decoder(self, vending, drn, ti):
        return sts_ref.decoder_key(bytes.fromhex(vending["key"]), {**vending, "iin": "600727", "drn": drn, "ti": ti})

    def allowed(self, access, meter=None):
        if access != "bearer-test":
            raise T.ApiException("EAuthentication.Token", "bad accessToken")
        if self.options.fault == "lose-request" and meter is not None and not self.lost:
            self.lost = True
            raise RuntimeError("this request is lost on purpose")
        if self.options.fault == "silent":
            time.sleep(30)
        if meter is not None:
            if not luhn_is_right(meter.drn):
                raise T.ApiException("ESts.DrnOrPan.CheckDigit", "meterConfig.drn has a bad check digit")
            if meter.tct != 2 or meter.ken != 255:
                raise T.ApiException("EParamRange", "tct and ken")

    def answer(self, message, tokens):
        """Keeps the result, and loses the first reply where that is the fault."""
        lose = self.options.fault == "lose" and not self.lost
        self.results[message] = tokens
        if lose:
            self.lost = True
            raise RuntimeError("this reply is lost on purpose")
        return tokens

    def token(self, meter, subclass, digits, what, amount=0.0, advice=None):
        drn = "01425370010" if self.options.fault == "other-meter" else meter.drn
        return T.Token(drn=drn, pan="", ea=meter.ea, tct=meter.tct, sgc=meter.sgc, krn=meter.krn, ti=meter.ti, tokenClass=2, subclass=subclass, tid=1,
                       transferAmount=amount, isReservedTid=False, newConfig=advice, description=what, stsUnitName="", scaledAmount="", scaledUnitName="",
                       tokenDec=digits, tokenHex="", idSm="BENCH", vkKcv="")

    def signInWithPassword(self, messageId, realm, username, password, sessionOpts):
        self.note("signInWithPassword", messageId, realm, username)
        if not sessionOpts.version.startswith("1."):
            raise T.ApiException("ESignin.Version", "API 1.x only")
        if (realm, username, password) != ("local", "crew7", "secret"):
            raise T.ApiException("ESignin.Authentication", "Sign-in failed")
        return T.SignInResult("bearer-test")

    def issueMeterTestToken(self, messageId, accessToken, subclass, control, mfrcode):
        self.note("issueMeterTestToken", messageId, subclass, control, mfrcode)
        self.allowed(accessToken)
        digits = sts_ref.to_token(1, sts_ref.block_test(subclass, control, mfrcode))
        return T.MeterTestToken(drn="0" * 11, pan="", tokenClass=1, subclass=subclass, control=control, mfrcode=mfrcode, description="meter test", tokenDec=digits, tokenHex="")

    def issueMseToken(self, messageId, accessToken, meterConfig, subclass, transferAmount, tokenTime, flags):
        self.note("issueMseToken", messageId, meterConfig.drn, subclass, transferAmount)
        self.allowed(accessToken, meterConfig)
        vending = self.vending(meterConfig.sgc, meterConfig.krn, meterConfig.ea)
        block = sts_ref.block_tid(2, subclass, 5, sts_ref.tid_of(__import__("datetime").datetime.utcnow(), vending["base_date"]) & 0xFFFFFF, int(transferAmount))
        digits = sts_ref.to_token(2, sts_ref.encrypt(vending["ea"], self.decoder(vending, meterConfig.drn, meterConfig.ti), block))
        return self.answer(messageId, [self.token(meterConfig, subclass, digits, "MSE %d" % subclass, transferAmount)])

    def issueKeyChangeTokens(self, messageId, accessToken, meterConfig, newConfig):
        self.note("issueKeyChangeTokens", messageId, meterConfig.drn, meterConfig.allow3Kct, newConfig.toSgc, newConfig.toKrn, newConfig.toTi)
        self.allowed(accessToken, meterConfig)
        old = self.vending(meterConfig.sgc, meterConfig.krn, meterConfig.ea)
        new = self.vending(newConfig.toSgc, newConfig.toKrn, meterConfig.ea)
        now, then = self.decoder(old, meterConfig.drn, meterConfig.ti), self.decoder(new, meterConfig.drn, newConfig.toTi)
        if meterConfig.allow3Kct:
            half = (then >> 32, then & 0xFFFFFFFF)
            blocks = [sts_ref.block_kct(1, kenho=15, krn=new["krn"], three=1, kt=2, half=half[0]), sts_ref.block_kct(2, kenlo=15, ti=newConfig.toTi, half=half[1]),
                      sts_ref.seal(2, 8 << 44 | newConfig.toSgc << 20)]
        else:
            blocks = sts_ref.key_change_blocks(then, old["ea"], krn=new["krn"], kt=2, ti=newConfig.toTi, ken=255, sgc=newConfig.toSgc)
        to_ti = newConfig.toTi + (self.options.fault == "elsewhere")
        advice = T.MeterConfigAdvice(newConfig.toSgc, newConfig.toKrn, to_ti, 255, idRecord="", record2="", rollover=False, toVkKcv="")
        tokens = []
        for index, block in enumerate(blocks):
            digits = sts_ref.to_token(2, sts_ref.encrypt(old["ea"], now, block))
            with_advice = advice if index == 0 and self.options.fault != "no-advice" else None
            tokens.append(self.token(meterConfig, (3, 4, 8, 9)[index], digits, "Set section %d decoder key" % (index + 1), advice=with_advice))
        if self.options.fault == "one-token":
            tokens = tokens[:1]
        if self.options.fault == "twice":
            tokens = [tokens[0], tokens[0]]
        return self.answer(messageId, tokens)

    def verifyToken(self, messageId, accessToken, meterConfig, tokenDec):
        self.note("verifyToken", messageId, meterConfig.drn)
        self.allowed(accessToken, meterConfig)
        vending = self.vending(meterConfig.sgc, meterConfig.krn, meterConfig.ea)
        token_class, block = sts_ref.split_token(tokenDec)
        clear = sts_ref.decrypt(vending["ea"], self.decoder(vending, meterConfig.drn, meterConfig.ti), block)
        if token_class == 1 or not sts_ref.crc_good(token_class, clear):
            return T.VerifyResult("EVerify.Crc")
        return T.VerifyResult("EVerify.Ok", self.token(meterConfig, clear >> 60, tokenDec, "reads"))

    def fetchTokenResult(self, messageId, accessToken, reqMessageId):
        self.note("fetchTokenResult", messageId, reqMessageId)
        self.allowed(accessToken)
        if reqMessageId not in self.results:
            raise T.ApiException("ECacheMiss", "not in the cache")
        return self.results[reqMessageId]


options = argparse.ArgumentParser()
options.add_argument("--port", type=int, required=True)
options.add_argument("--keys", required=True)
options.add_argument("--journal", required=True)
options.add_argument("--fault", default="")
options.add_argument("--certificate")
options = options.parse_args()
more = {"certfile": options.certificate} if options.certificate else {}
server = make_server(T.TokenApi, Api(options), "127.0.0.1", options.port, proto_factory=TBinaryProtocolFactory(), trans_factory=TFramedTransportFactory(),
                     client_timeout=None, **more)
server.trans.listen()
print("ready: 127.0.0.1:%d" % options.port, file=sys.stderr, flush=True)
server.serve()
