use super::*;
use crate::meter::profile::Protocol;

/// Knows one plan and two profiles.
struct Shelf;

impl Known for Shelf {
    fn profile(&self, name: &str) -> Result<Protocol, String> {
        match name {
            "generic-dlms" => Ok(Protocol::Dlms),
            "generic-dlt645" => Ok(Protocol::Dlt645),
            _ => Err("there is no such profile; `wattkey profiles list` names them".to_owned()),
        }
    }

    fn plan(&self, name: &str, columns: &[(String, String)]) -> Result<PlanNeeds, String> {
        match columns.iter().find(|(key, _)| key != "plan.sgc") {
            _ if name == "handshake" => Ok(PlanNeeds { vend_code: true }),
            _ if name != "single-phase" => Err(format!("plan {name:?}: there is no such plan")),
            Some((key, _)) => Err(format!("{key}: the plan has no such value")),
            None => Ok(PlanNeeds::default()),
        }
    }
}

fn defaults() -> Defaults {
    Defaults { plan: Some("single-phase".into()), ..Defaults::default() }
}

fn list(text: &str) -> JobList {
    JobList::read(text.as_bytes(), &defaults(), &Shelf).unwrap_or_else(|error| panic!("{error:?}"))
}

fn bad(text: &str) -> Vec<(u64, String)> {
    match JobList::read(text.as_bytes(), &defaults(), &Shelf) {
        Err(ListError::Rows { bad, .. }) => bad.into_iter().map(|row| (row.line, row.problems.join(" | "))).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_row_comes_back_as_it_was_written() {
    let text = "id,serial,drn,link,address,protocol,profile,plan,vend_code,plan.sgc\n\
                1,23456789,01234567897,tcp:h:1?echo=off,1/17,dlms,generic-dlms,single-phase,ACC-1,123456\n\
                2,23456790,,/dev/ttyX,000000000017,,generic-dlt645,,,\n";
    let list = list(text);
    assert_eq!(list.len(), 2);
    let first = list.job(0).unwrap();
    assert_eq!(
        first,
        Job {
            id: "1".into(),
            line: 2,
            serial: Some("23456789".into()),
            drn: Some("01234567897".into()),
            port: "h:1".into(),
            link: "tcp:h:1?echo=off".into(),
            address: Some("1/17".into()),
            protocol: Some("dlms".into()),
            profile: Some("generic-dlms".into()),
            plan: "single-phase".into(),
            vend_code: Some("ACC-1".into()),
            for_plan: vec![("plan.sgc".into(), "123456".into())],
        }
    );
    let second = list.job(1).unwrap();
    assert_eq!((second.drn, second.plan.as_str(), second.for_plan.len()), (None, "single-phase", 0));
    assert_eq!(list.by_id().find("2"), Some(1));
    assert_eq!(list.by_id().find("3"), None);
    assert!(list.job(2).is_none());
}

#[test]
fn every_bad_row_is_named_with_what_to_do() {
    let text = "id,serial,drn,link,address,protocol,profile,plan,vend_code,plan.sgc\n\
                1,a,,sim:a,,,,,,\n\
                ,b,,sim:b,,,,,,\n\
                3,,,sim:c,,,,,,\n\
                4,d,1234567897,sim:d,,,,,,\n\
                5,e,01234567890,sim:e,,,,,,\n\
                6,f,,,,,,,,\n\
                7,g,,nolink,,,,,,\n\
                8,h,,sim:h,17-Jan,dlms,,,,\n\
                9,i,,sim:i,,zigbee,,,,\n\
                10,j,,sim:j,,,acme,,,\n\
                11,k,,sim:k,,,,three-phase,,\n\
                12,l,1.2E+19,sim:l,,,,,,\n\
                13,m,,sim:m,,,,,4.5E+12,\n\
                14,n,01234567897,sim:n,,,,,,\n\
                15,o,,sim:o,,,,handshake,,\n\
                16,p,,sim:p,,,,handshake,ACC-1,\n";
    let found = bad(text);
    let expected = [
        (3, "id is missing"),
        (4, "serial and drn are both missing"),
        (5, "01234567897 has the right check digit"),
        (6, "check digit"),
        (7, "link is missing"),
        (8, "not a link"),
        (9, "made a date of it"),
        (10, "write one of dlms"),
        (11, "no such profile"),
        (12, "no such plan"),
        (13, "shortened this number"),
        (14, "shortened this number"),
        (16, "vend_code is missing"),
    ];
    let lines: Vec<u64> = found.iter().map(|row| row.0).collect();
    assert_eq!(lines, expected.map(|row| row.0));
    for ((line, problem), (_, word)) in found.iter().zip(expected) {
        assert!(problem.contains(word), "line {line}: {problem}");
    }
}

#[test]
fn duplicates_are_named_with_the_line_of_the_first() {
    let text = "id;serial;drn;link;address\n\
                1;a;01234567897;tcp:h:1;1/17\n\
                1;b;;tcp:h:1;1/18\n\
                3;c;01234567897;tcp:h:1;1/19\n\
                4;a;;tcp:h:1;1/20\n\
                5;e;;tcp:H:1?echo=off;1/17\n\
                6;f;;tcp:h:2;1/17\n\
                7;g;;tcp:h:3;\n\
                8;h;;rfc2217:h:3;\n";
    let found = bad(text);
    let words = [
        "id \"1\" is that of line 2",
        "meter 01234567897 is on line 2",
        "meter \"a\" is on line 2",
        "at address 1/17",
        "without an address",
    ];
    assert_eq!(found.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 4, 5, 6, 9]);
    for ((line, problem), word) in found.iter().zip(words) {
        assert!(problem.contains(word), "line {line}: {problem}");
    }
}

#[test]
fn makers_may_count_alike() {
    let one = crate::sts::Drn::from_parts(crate::sts::Iin::N600727, 1, 7).unwrap();
    let other = crate::sts::Drn::from_parts(crate::sts::Iin::N600727, 2, 7).unwrap();
    let list = list(&format!("id,serial,drn,link\n1,7,{one},sim:a\n2,7,{other},sim:b\n"));
    assert_eq!(list.len(), 2);
}

#[test]
fn many_rows_take_little_room() {
    use std::fmt::Write;
    let mut text = String::from("id,serial,drn,link,address,profile,vend_code,plan.sgc\n");
    for row in 0..20_000u32 {
        let drn = crate::sts::Drn::from_parts(crate::sts::Iin::N600727, 1, row).unwrap();
        let (line, address) = (row / 60 + 1, row % 60 + 17);
        writeln!(text, "job-{row},{row:08},{drn},tcp:10.0.0.1:{line},1/{address},generic-dlms,ACC{row:08},123456")
            .unwrap();
    }
    let list = list(&text);
    assert_eq!(list.len(), 20_000);
    assert!(list.store.room() < text.len() + 500_000, "{} octets for {}", list.store.room(), text.len());
    assert_eq!(list.job(19_999).unwrap().id, "job-19999");
    assert_eq!(list.by_id().find("job-12345"), Some(12_345));
}

#[test]
fn lists_without_a_job_are_refused() {
    assert!(matches!(JobList::read(&b"id,serial\n,\n"[..], &defaults(), &Shelf), Err(ListError::Empty)));
}
