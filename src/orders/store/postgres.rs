//! Work orders on a server that speaks PostgreSQL's protocol.

use std::collections::HashMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, IsolationLevel, NoTls, Statement, Transaction};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::url::percent_decoded;
use super::{Body, Column, ColumnType, Database, Row, Session, StoreOptions, Value, password_file};
use crate::keys::{Exposure, read_private};
use crate::orders::OrdersError;

/// How long a connection may take to come about.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// How long a server may leave what was sent unacknowledged before the connection counts as lost.
const UNACKNOWLEDGED: Duration = Duration::from_secs(20);

/// A connection to a server, made when it is first needed.
pub(super) struct Postgres {
    name: String,
    config: Config,
    tls: Option<MakeRustlsConnect>,
    connection: Option<Connection>,
}

struct Connection {
    client: Client,
    statements: HashMap<String, Statement>,
}

/// What of a URL's parameters concerns TLS; the driver does not know them.
#[derive(Default)]
struct TlsParameters {
    mode: Option<String>,
    root: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
}

impl Postgres {
    pub(super) fn new(name: &str, url: &str, options: &StoreOptions) -> Result<Self, OrdersError> {
        let wrong = |problem: String| OrdersError::Url { store: name.to_owned(), problem };
        let (plain, tls) = without_tls_parameters(url);
        let mut config: Config = plain.parse().map_err(|error: postgres::Error| wrong(in_full(&error)))?;
        config.connect_timeout(CONNECT_WITHIN).tcp_user_timeout(UNACKNOWLEDGED).application_name("wattkey");
        config.keepalives_idle(UNACKNOWLEDGED).keepalives_interval(CONNECT_WITHIN).keepalives_retries(3);
        if config.get_password().is_some() {
            return Err(wrong("it holds a password: put that into the file that PGPASSFILE names".to_owned()));
        }
        if config.get_hosts().is_empty() {
            return Err(wrong("it names no host".to_owned()));
        }
        let is_local =
            config.get_hosts().iter().all(is_on_this_machine) && config.get_hostaddrs().iter().all(IpAddr::is_loopback);
        let connector = match tls.mode.as_deref() {
            // Nothing leaves this machine.
            None if is_local => None,
            Some("disable") => None,
            None | Some("require" | "verify-ca" | "verify-full") => {
                config.ssl_mode(SslMode::Require);
                let root = tls.root.as_deref().or(options.root_certificates.as_deref());
                Some(connector(root, tls.certificate.as_deref(), tls.key.as_deref()).map_err(wrong)?)
            }
            Some(other) => {
                return Err(wrong(format!(
                    "sslmode {other:?} is not offered: write verify-full, or disable for a line you trust"
                )));
            }
        };
        if connector.is_none() {
            config.ssl_mode(SslMode::Disable);
        }
        if let Some(file) = &options.password_file {
            set_password(&mut config, file)?;
        }
        Ok(Postgres { name: name.to_owned(), config, tls: connector, connection: None })
    }

    fn connect(&self) -> Result<Connection, OrdersError> {
        let client = match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        };
        let client = client.map_err(|error| match error.code() {
            Some(_) => translated(&self.name, &error),
            // A certificate that does not hold does not come right by waiting.
            None if is_about_tls(&error) => OrdersError::Refused { store: self.name.clone(), problem: in_full(&error) },
            None => OrdersError::Unreachable { store: self.name.clone(), problem: in_full(&error) },
        })?;
        Ok(Connection { client, statements: HashMap::new() })
    }
}

impl Database for Postgres {
    fn transaction(&mut self, body: Body<'_>) -> Result<(), OrdersError> {
        let connection = match self.connection.take().filter(|connection| !connection.client.is_closed()) {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let Connection { client, statements } = self.connection.insert(connection);
        let failed = |error: postgres::Error| translated(&self.name, &error);
        let ended = (|| {
            // Whoever changes a row that another has changed meanwhile is turned away (40001) and begins anew.
            let begun = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).start();
            let transaction = begun.map_err(failed)?;
            let mut open = Open { name: &self.name, transaction, statements };
            body(&mut open)?;
            open.transaction.commit().map_err(failed)
        })();
        if matches!(ended, Err(OrdersError::Unreachable { .. })) {
            self.connection = None;
        }
        ended
    }
}

struct Open<'a> {
    name: &'a str,
    transaction: Transaction<'a>,
    statements: &'a mut HashMap<String, Statement>,
}

impl Open<'_> {
    fn prepared(&mut self, sql: &str) -> Result<Statement, OrdersError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.transaction.prepare(sql).map_err(|error| translated(self.name, &error))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        of: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            // What a statement compares with a small number is small for the server, too.
            Value::Int(number) if *of == Type::INT4 => i32::try_from(*number)?.to_sql(of, out),
            Value::Int(number) => number.to_sql(of, out),
            Value::Text(text) => text.to_sql(of, out),
        }
    }

    fn accepts(of: &Type) -> bool {
        matches!(*of, Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR)
    }

    to_sql_checked!();
}

fn references(parameters: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    parameters.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl Session for Open<'_> {
    fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, OrdersError> {
        let statement = self.prepared(sql)?;
        self.transaction.execute(&statement, &references(parameters)).map_err(|error| translated(self.name, &error))
    }

    fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), OrdersError>,
    ) -> Result<(), OrdersError> {
        let statement = self.prepared(sql)?;
        let failed = |error: postgres::Error| translated(self.name, &error);
        let mut rows = self.transaction.query_raw(&statement, parameters).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let values = row
                .columns()
                .iter()
                .enumerate()
                .map(|(place, column)| match *column.type_() {
                    Type::INT8 => Ok(row.try_get::<_, Option<i64>>(place).map_err(failed)?.into()),
                    Type::INT4 => Ok(row.try_get::<_, Option<i32>>(place).map_err(failed)?.map(i64::from).into()),
                    Type::TEXT | Type::VARCHAR => Ok(row.try_get::<_, Option<String>>(place).map_err(failed)?.into()),
                    ref other => Err(OrdersError::Content(format!("column {place} is of the type {other}"))),
                })
                .collect::<Result<_, _>>()?;
            each(Row(values))?;
        }
        Ok(())
    }

    fn insert_new(&mut self, table: &str, columns: &[Column], rows: &[Vec<Value>]) -> Result<u64, OrdersError> {
        if rows.is_empty() {
            return Ok(0);
        }
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let arrays: Vec<String> = columns
            .iter()
            .zip(1..)
            .map(|(column, place)| match column.of {
                ColumnType::Int => format!("${place}::bigint[]"),
                ColumnType::Text => format!("${place}::text[]"),
            })
            .collect();
        let sql = format!(
            "INSERT INTO {table} ({}) SELECT * FROM unnest({}) ON CONFLICT DO NOTHING",
            names.join(", "),
            arrays.join(", ")
        );
        let arrays: Vec<Box<dyn ToSql + Sync>> = columns
            .iter()
            .enumerate()
            .map(|(place, column)| -> Box<dyn ToSql + Sync> {
                let values = rows.iter().map(|row| row.get(place));
                match column.of {
                    ColumnType::Int => Box::new(
                        values
                            .map(|value| if let Some(Value::Int(number)) = value { Some(*number) } else { None })
                            .collect::<Vec<_>>(),
                    ),
                    ColumnType::Text => Box::new(
                        values
                            .map(|value| if let Some(Value::Text(text)) = value { Some(text.as_str()) } else { None })
                            .collect::<Vec<_>>(),
                    ),
                }
            })
            .collect();
        let statement = self.prepared(&sql)?;
        let arrays: Vec<&(dyn ToSql + Sync)> = arrays.iter().map(AsRef::as_ref).collect();
        self.transaction.execute(&statement, &arrays).map_err(|error| translated(self.name, &error))
    }

    fn has_table(&mut self, name: &str) -> Result<bool, OrdersError> {
        // The information schema would hide a table from whoever may not read it.
        let sql = "SELECT CAST(1 AS BIGINT) FROM pg_catalog.pg_tables
                   WHERE schemaname = current_schema() AND CAST(tablename AS TEXT) = $1";
        Ok(self.first(sql, &[name.into()])?.is_some())
    }

    fn now(&mut self) -> Result<i64, OrdersError> {
        let row = self.first("SELECT CAST(floor(extract(epoch FROM now())) AS BIGINT)", &[])?;
        row.ok_or_else(|| OrdersError::Content("the server tells no time".to_owned()))?.int(0)
    }
}

/// The URL without what the driver does not know, and that.
fn without_tls_parameters(url: &str) -> (String, TlsParameters) {
    let Some((server, parameters)) = url.split_once('?') else { return (url.to_owned(), TlsParameters::default()) };
    let mut tls = TlsParameters::default();
    let mut kept = Vec::new();
    for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let path = || Some(PathBuf::from(percent_decoded(value)));
        match name {
            "sslmode" => tls.mode = Some(value.to_owned()),
            "sslrootcert" => tls.root = path(),
            "sslcert" => tls.certificate = path(),
            "sslkey" => tls.key = path(),
            _ => kept.push(pair),
        }
    }
    let plain = if kept.is_empty() { server.to_owned() } else { format!("{server}?{}", kept.join("&")) };
    (plain, tls)
}

fn is_on_this_machine(host: &Host) -> bool {
    match host {
        #[cfg(unix)]
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
    }
}

/// TLS with the server's certificate checked, and a certificate of our own where one is named.
fn connector(root: Option<&Path>, certificate: Option<&Path>, key: Option<&Path>) -> Result<MakeRustlsConnect, String> {
    let Some(root) = root else {
        return Err("the server's certificate cannot be checked: name its authority's with sslrootcert=FILE in the \
                    name of the store, or [orders] root_certificates"
            .to_owned());
    };
    let unreadable = |path: &Path, what: &str| format!("{}: {what}", path.display());
    let mut roots = rustls::RootCertStore::empty();
    for authority in certificates(root)? {
        roots.add(authority).map_err(|error| unreadable(root, &error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(unreadable(root, "there is no certificate in it"));
    }
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots);
    let config = match (certificate, key) {
        (None, None) => builder.with_no_client_auth(),
        (Some(certificate), Some(key)) => {
            let chain = certificates(certificate)?;
            let text = read_private(key, Exposure::Refuse).map_err(|error| error.to_string())?;
            let secret = PrivateKeyDer::from_pem_slice(&text)
                .map_err(|_| unreadable(key, "this is no private key in PEM form"))?;
            builder.with_client_auth_cert(chain, secret).map_err(|error| unreadable(certificate, &error.to_string()))?
        }
        _ => return Err("sslcert and sslkey go together: name both".to_owned()),
    };
    Ok(MakeRustlsConnect::new(config))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let text = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    CertificateDer::pem_slice_iter(&text)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn set_password(config: &mut Config, file: &Path) -> Result<(), OrdersError> {
    let text = read_private(file, Exposure::Refuse)?;
    let text = std::str::from_utf8(&text).unwrap_or_default();
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        _ => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let user = config.get_user().unwrap_or_default().to_owned();
    let database = config.get_dbname().unwrap_or(&user).to_owned();
    if let Some(password) = password_file::find(text, &host, port, &database, &user) {
        config.password(password.reveal());
    }
    Ok(())
}

/// What went wrong, with what lies beneath it.
fn in_full(error: &postgres::Error) -> String {
    if let Some(database) = error.as_db_error() {
        return database.message().to_owned();
    }
    let mut text = error.to_string();
    let mut beneath = std::error::Error::source(error);
    while let Some(cause) = beneath {
        let said = cause.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        beneath = cause.source();
    }
    text
}

fn is_about_tls(error: &postgres::Error) -> bool {
    let text = in_full(error);
    text.contains("TLS") || text.contains("certificate") || text.contains("invalid peer")
}

fn translated(store: &str, error: &postgres::Error) -> OrdersError {
    let (store, problem) = (store.to_owned(), in_full(error));
    let Some(code) = error.code() else { return OrdersError::Unreachable { store, problem } };
    let class = code.code().get(..2).unwrap_or_default();
    match class {
        // Serialization failures and deadlocks; a lock that was waited for too long.
        "40" => OrdersError::Busy { store, problem },
        _ if *code == SqlState::LOCK_NOT_AVAILABLE => OrdersError::Busy { store, problem },
        // Another process made the same row or table a moment ago: the next look finds it.
        _ if [SqlState::UNIQUE_VIOLATION, SqlState::DUPLICATE_TABLE, SqlState::DUPLICATE_OBJECT].contains(code) => {
            OrdersError::Busy { store, problem }
        }
        // The connection; a server that starts, stops, or has no room; a standby that is being promoted.
        "08" | "53" | "57" | "25" => OrdersError::Unreachable { store, problem },
        // Who one is, and what one may.
        "28" | "42" if class == "28" || *code == SqlState::INSUFFICIENT_PRIVILEGE => {
            OrdersError::Refused { store, problem }
        }
        _ => OrdersError::Failed { store, problem },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> StoreOptions {
        StoreOptions {
            password_file: None,
            root_certificates: None,
            patience: Duration::ZERO,
            interrupt: crate::link::Interrupt::default(),
        }
    }

    #[test]
    fn a_server_elsewhere_needs_certificates_unless_the_user_says_otherwise() {
        let open = |url: &str| Postgres::new("x", url, &options());
        for url in ["postgres://u@127.0.0.1/d", "postgres://u@[::1]/d", "postgres://u@localhost/d"] {
            assert!(open(url).is_ok_and(|made| made.tls.is_none()), "{url}");
        }
        assert!(open("postgres://u@db.example/d").is_err());
        assert!(open("postgres://u@db.example/d?sslmode=disable").is_ok_and(|made| made.tls.is_none()));
        assert!(open("postgres://u@db.example/d?sslmode=prefer").is_err());
        assert!(open("postgres://u@localhost/d?hostaddr=192.0.2.7").is_err(), "the address counts, not the name");
        assert!(open("postgres://u:secret@localhost/d").is_err());
    }

    #[test]
    fn parameters_about_tls_are_taken_out() {
        let (plain, tls) =
            without_tls_parameters("postgres://u@h/d?sslmode=verify-full&connect_timeout=3&sslrootcert=a%20b.pem");
        assert_eq!(plain, "postgres://u@h/d?connect_timeout=3");
        assert_eq!(tls.root, Some(PathBuf::from("a b.pem")));
        assert_eq!(percent_decoded("%zz%2"), "%zz%2");
    }
}
