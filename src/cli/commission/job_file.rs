//! A job in a file: TOML, or JSON with the same fields.

use std::path::Path;

use serde_json::Value;

use crate::cli::CommandError;
use wattkey::commission::Job;
use wattkey::error::Code;
use wattkey::toml_problem;

/// Largest file that is read, in octets.
const LARGEST: u64 = 1 << 20;

/// Reads a job. `answer` and `plan` may be tables, or dotted fields as in a job list.
pub fn load(path: &Path) -> Result<Job, CommandError> {
    let failed = |code, what: String| CommandError::new(code, format!("{}: {what}", path.display()));
    let size = std::fs::metadata(path).map_err(|error| failed(Code::File, error.to_string()))?.len();
    if size > LARGEST {
        return Err(failed(Code::BadValue, format!("it has {size} octets, more than any job")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| failed(Code::File, error.to_string()))?;
    parse(&text).map_err(|problem| {
        failed(Code::BadValue, problem).hint(format!("A job has {}, answer.ID and plan.KEY.", Job::FIELDS.join(", ")))
    })
}

fn parse(text: &str) -> Result<Job, String> {
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| error.to_string())?
    } else {
        toml::from_str(text).map_err(|error: toml::de::Error| toml_problem::in_words(text, &error))?
    };
    let Value::Object(fields) = value else { return Err("a job is a table of fields".to_owned()) };
    let mut job = Job::default();
    for (name, value) in &fields {
        match value {
            // `plan = "NAME"` is the plan's name, `[plan]` a table of values.
            Value::Object(inner) if matches!(name.as_str(), "answer" | "answers" | "plan") => {
                let prefix = name.trim_end_matches('s');
                for (key, value) in inner {
                    set(&mut job, &format!("{prefix}.{key}"), value)?;
                }
            }
            value => set(&mut job, name, value)?,
        }
    }
    Ok(job)
}

fn set(job: &mut Job, name: &str, value: &Value) -> Result<(), String> {
    let text = match value {
        Value::Null => return Ok(()),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("|"),
        Value::Object(_) => return Err(format!("{name} is a table")),
    };
    match job.set(name, &text) {
        Ok(true) => Ok(()),
        // What a job list needs and one job at one meter does not.
        Ok(false) if matches!(name, "link" | "address" | "protocol" | "profile" | "credentials") => Ok(()),
        Ok(false) => Err(format!("a job has no field {name:?}")),
        Err(problem) => Err(format!("{name}: {problem}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_and_json_give_the_same_job() {
        let toml = "id = \"j-1\"\nserial = 23456789\nvend_code = \"VC-1\"\n[answer]\npolarity = true\nseal = \"A 17\"\n\
                    [plan]\npower_limit_w = 9200\nfirmware = [\"1.4.0\", \"1.4.1\"]\n";
        let json = r#"{"id":"j-1","serial":"23456789","vend_code":"VC-1","answer.polarity":"yes","answer.seal":"A 17",
                       "plan.power_limit_w":9200,"plan.firmware":"1.4.0|1.4.1","link":"sim:"}"#;
        let (one, mut other) = (parse(toml).unwrap(), parse(json).unwrap());
        other.overrides.sort();
        let mut one = one;
        one.overrides.sort();
        assert_eq!(one, other);
        assert_eq!(one.answers["polarity"], "yes");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, part) in [
            ("id = ", "line 1"),
            ("colour = \"red\"", "colour"),
            ("[plan]\nkrn = 12", "plan.krn"),
            ("drn = \"01234567890\"", "drn"),
            ("[]", "line 1"),
            ("{\"id\": {}}", "id is a table"),
        ] {
            let problem = parse(text).unwrap_err();
            assert!(problem.contains(part), "{text}: {problem}");
        }
    }
}
