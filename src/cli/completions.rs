//! `wattkey completions`: what a shell needs to ask this program for completions.

use std::io::{self, Write};

use clap_complete::env::Shells;

use crate::cli::global::words_parser;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};

/// Shells, as the option names them and as the completion engine does.
const SHELLS: &[&str] = &["bash", "elvish", "fish", "powershell", "zsh"];

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = include_str!("../../data/help/completions.txt")
)]
pub struct Arguments {
    /// Shell to complete for
    #[arg(value_parser = words_parser(SHELLS, |shell| shell, |shell| shell))]
    pub shell: &'static str,
}

/// Prints the script.
pub fn run(arguments: &Arguments, _context: &mut Context) -> CommandResult {
    let shells = Shells::builtins();
    let completer = shells.completer(arguments.shell).ok_or_else(|| {
        CommandError::new(Code::Internal, format!("there is no completion for the shell {}", arguments.shell))
    })?;
    let mut script = Vec::new();
    completer.write_registration("COMPLETE", "wattkey", "wattkey", "wattkey", &mut script)?;
    if arguments.shell == "bash" {
        script = with_whole_links(&String::from_utf8_lossy(&script))?.into_bytes();
    }
    io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}

/// Lines of the script that take the words as bash cuts them.
const CUT: &str = "    if [[ \"${BASH_VERSINFO[0]}\" -ge 4 ]]; then\n        words[COMP_CWORD]=\"$2\"\n    fi\n";

/// What comes in their place: bash ends a word at a colon, so that `meter:NAME` would be three.
const JOINED: &str = r#"    local parts=("${words[@]}") at last=-1 current=0 glued= prefix=
    words=()
    for ((at = 0; at < ${#parts[@]}; at++)); do
        if ((last >= 0)) && [[ ${parts[at]} == : || -n $glued ]]; then
            words[last]+="${parts[at]}"
        else
            words[++last]="${parts[at]}"
        fi
        glued=
        [[ ${parts[at]} == : ]] && glued=yes
        ((at == COMP_CWORD)) && current=$last
    done
    [[ ${words[current]} == *:* ]] && prefix="${words[current]%"${words[current]##*:}"}"
    _CLAP_COMPLETE_INDEX=$current
"#;

/// Lines behind the candidates: what stands before the last colon is on the line already.
const BEHIND: &str = "    if [[ $? != 0 ]]; then\n        unset COMPREPLY\n";
const TRIMMED: &str = "    if [[ $? != 0 ]]; then\n        unset COMPREPLY\n    elif [[ -n $prefix ]]; then\n        COMPREPLY=(\"${COMPREPLY[@]#\"$prefix\"}\")\n";

/// The script of the completion engine, taught that a link may hold a colon.
fn with_whole_links(script: &str) -> Result<String, CommandError> {
    if !script.contains(CUT) || !script.contains(BEHIND) {
        return Err(CommandError::new(Code::Internal, "the script for bash has another form than expected"));
    }
    Ok(script.replacen(CUT, JOINED, 1).replacen(BEHIND, TRIMMED, 1))
}
