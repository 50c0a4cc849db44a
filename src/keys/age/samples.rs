//! Keys and files made by the `age` program (1.1.1), for tests only: they protect nothing.

pub(in crate::keys) const IDENTITY: &str = "AGE-SECRET-KEY-1L5LVAHZ3NGLQTEXU5LTVTEXXCSZFDX4CUP4G49E7DNNQPEGPSJLSCVHSRW";
pub(in crate::keys) const PUBLIC_KEY: &str = "age1xpkxkxmae899x5zsa5u73h84z0pgh6q0rcaxauzltd2evewfhdxqq7elyg";
pub(super) const OTHER_IDENTITY: &str = "AGE-SECRET-KEY-1PKQ9MVXW2JGP86PR0SQ39D3PLQ3ZC5KNX9R6RG9KPV3JTR6MZR6QHXEV3Q";
pub(in crate::keys) const OTHER_PUBLIC_KEY: &str = "age1e27cjnv4jpxefa5gp4ee74gqrzgxklnfah2s6snlcj8n7mzle3ds6xqljd";

/// What both files hold.
pub(super) const PLAIN: &[u8] = b"twenty digits and a key\n";

/// For both public keys.
pub(super) const FOR_TWO: &str = "\
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSA1RkJZaW43YTZNbElXSDMy
V0ZOeUZjWkYrcHpJSUp2VldUcGlxUTJqNm5vCkFCYUtuZ0FRdmNoeHNRR2hqSVlI
UTR0Vm95WXVzU3c5aG9YR2ZuMU9RVGcKLT4gWDI1NTE5IGtZOWJqK21tYjdtQ1A0
M2EveEJNUStlV1dzaVlWQXZYSXlNcnM1N2d2U1kKSzRlWVJCY1o1VzlGWHVQSzcv
c1U4cmV6WU9wYzlYZmMzTkx4TEFTOVg3QQotLS0gZW1Hc1RDa1lZb2IvTjVLakQ1
N1lGWTQvekFESU00Vy9PSXFXcU1GQ0wwWQrwukl9LtXsWFkMR+FZxv4DIRgkyshQ
TCQEupkE9zGr7AVjADRmokDiT9qJa6s/S3RkzgjjFsTJvA==
-----END AGE ENCRYPTED FILE-----
";

pub(super) const PASSPHRASE: &str = "lab bench only";

/// By [`PASSPHRASE`], work factor 18.
pub(super) const BY_PASSPHRASE: &str = "\
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBld0MzUitEcXpGV2dOQitX
Slh5Q01BIDE4CnZjVG1SSlZuc3AyWmFmZVRpQXJ4YkxhY1JDT01aZ0FiMGUrVzRh
SmtxVmsKLS0tIFVackNpTlNubG9SQlFsb200bjliRXZ0czQrVjVqZFIwMDFyY1Jh
NGljTWcKPPb2VOxEuGIJ+un5zRunRSIXStyVif1KKm7ztyi6jJ3sxZzP3V35Be3d
fW8vYoME+xq2DDybXcc=
-----END AGE ENCRYPTED FILE-----
";
