// The part of the PrismToken 1.x interface that a commissioning tool calls. Names, field numbers and types are facts of the
// interface (generated client in github.com/NectarAPI/tokens-service); framed binary protocol.
exception ApiException { 1: required string eCode, 2: required string eMsgEn }
struct SessionOptions { 1: required string version, 10: optional string culture = "en" }
struct SignInResult { 1: required string accessToken }
struct MeterConfigAmendment { 1: required i32 toSgc, 2: required i16 toKrn, 3: required i16 toTi }
struct MeterConfigIn {
  1: required string drn, 2: required i16 ea, 3: required i16 tct, 10: required i32 sgc, 11: required i16 krn, 12: required i16 ti,
  20: optional MeterConfigAmendment newConfig, 21: optional bool allowKrnUpdate = 1,
  30: required i16 ken, 31: optional string doe = "0000", 32: optional bool allow3Kct = 0, 33: optional bool allowKenUpdate = 1
}
struct MeterConfigAdvice { 1: required i32 toSgc, 2: required i16 toKrn, 3: required i16 toTi, 4: required i16 toKen, 10: required string idRecord, 11: required string record2, 20: required bool rollover, 21: required string toVkKcv }
struct Token {
  1: required string drn, 2: required string pan, 3: required i16 ea, 4: required i16 tct, 5: required i32 sgc, 6: required i16 krn, 7: required i16 ti,
  10: required i16 tokenClass, 11: required i16 subclass, 12: required i32 tid, 13: required double transferAmount, 14: required bool isReservedTid, 15: optional MeterConfigAdvice newConfig,
  20: required string description, 21: required string stsUnitName, 22: required string scaledAmount, 23: required string scaledUnitName,
  30: required string tokenDec, 31: required string tokenHex, 40: required string idSm, 41: required string vkKcv
}
struct MeterTestToken { 1: required string drn, 2: required string pan, 10: required i16 tokenClass, 11: required i16 subclass, 12: required i64 control, 13: required i16 mfrcode, 20: required string description, 30: required string tokenDec, 31: required string tokenHex }
struct VerifyResult { 1: required string validationResult, 2: optional Token token, 3: optional MeterTestToken meterTestToken }
service TokenApi {
  SignInResult signInWithPassword(1: required string messageId, 2: required string realm, 3: required string username, 4: required string password, 5: required SessionOptions sessionOpts) throws (1: ApiException ex1),
  MeterTestToken issueMeterTestToken(1: required string messageId, 2: required string accessToken, 3: required i16 subclass, 4: required i64 control, 5: required i16 mfrcode) throws (1: ApiException ex1),
  list<Token> issueMseToken(1: required string messageId, 2: required string accessToken, 3: required MeterConfigIn meterConfig, 4: required i16 subclass, 5: required double transferAmount, 6: required i64 tokenTime, 7: required i64 flags) throws (1: ApiException ex1),
  list<Token> issueKeyChangeTokens(1: required string messageId, 2: required string accessToken, 3: required MeterConfigIn meterConfig, 4: required MeterConfigAmendment newConfig) throws (1: ApiException ex1),
  VerifyResult verifyToken(1: required string messageId, 2: required string accessToken, 3: required MeterConfigIn meterConfig, 4: required string tokenDec) throws (1: ApiException ex1),
  list<Token> fetchTokenResult(1: required string messageId, 2: required string accessToken, 3: required string reqMessageId) throws (1: ApiException ex1)
}
