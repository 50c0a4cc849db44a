//! The document of `wattkey smets request build`.

use serde::Serialize;

use crate::output::{Document, Style};
use crate::smets::duis::kind::RequestId;

/// The request as a document, for scripts.
#[derive(Debug, Serialize)]
pub struct Built<'a> {
    pub request_id: RequestId,
    pub srv: &'a str,
    pub name: &'a str,
    pub command_variant: u8,
    pub service: &'static str,
    pub xml: String,
}

impl Document for Built<'_> {
    const SCHEMA: &'static str = "wattkey/smets-built/1";

    fn table(&self, _style: Style) -> String {
        self.xml.clone()
    }

    fn csv_header(&self) -> Vec<String> {
        ["request_id", "srv", "command_variant", "service"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.request_id.to_string(),
            self.srv.to_owned(),
            self.command_variant.to_string(),
            self.service.to_owned(),
        ]]
    }
}
