// SPDX-License-Identifier: MIT OR Apache-2.0
//! Register maps served by the crate tokio-modbus on Modbus TCP: `tokio-modbus-meters REGISTERS PORT`. Each line of
//! REGISTERS is UNIT TABLE REGISTER VALUE.

use std::collections::HashMap;
use std::future::{Ready, ready};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio_modbus::prelude::*;
use tokio_modbus::server::Service;
use tokio_modbus::server::tcp::{Server, accept_tcp_connection};

type Registers = HashMap<(u8, String, u16), u16>;

#[derive(Clone)]
struct Meters(Arc<Registers>);

impl Meters {
    fn held(&self, unit: u8, table: &str, first: u16, count: u16) -> Vec<u16> {
        let value = |at| self.0.get(&(unit, table.to_owned(), first + at)).copied().unwrap_or_default();
        (0..count).map(value).collect()
    }
}

impl Service for Meters {
    type Request = SlaveRequest<'static>;
    type Response = Response;
    type Exception = ExceptionCode;
    type Future = Ready<Result<Response, ExceptionCode>>;

    fn call(&self, asked: Self::Request) -> Self::Future {
        ready(match asked.request {
            Request::ReadHoldingRegisters(first, count) => {
                Ok(Response::ReadHoldingRegisters(self.held(asked.slave, "holding", first, count)))
            }
            Request::ReadInputRegisters(first, count) => {
                Ok(Response::ReadInputRegisters(self.held(asked.slave, "input", first, count)))
            }
            _ => Err(ExceptionCode::IllegalFunction),
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let mut registers = Registers::new();
    for line in std::fs::read_to_string(&arguments[1])?.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        registers.insert((words[0].parse()?, words[1].to_owned(), words[2].parse()?), words[3].parse()?);
    }
    let meters = Meters(Arc::new(registers));
    let listener = TcpListener::bind(format!("127.0.0.1:{}", arguments[2])).await?;
    eprintln!("ready: tokio-modbus");
    let new_service = |_from| Ok(Some(meters.clone()));
    let on_connected = |stream, from| async move { accept_tcp_connection(stream, from, new_service) };
    Server::new(listener).serve(&on_connected, |error| eprintln!("{error}")).await?;
    Ok(())
}
