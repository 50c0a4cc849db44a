# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_wattkey_global_optspecs
    string join \n l/link= p/protocol= profile= address= credentials= keys= keys-passphrase-file= keys-identity= allow-exposed-files format= json trace= timeout= retries= non-interactive y/yes q/quiet v/verbose color= meter-card= print-config h/help V/version
end

function __fish_wattkey_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_wattkey_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_wattkey_using_subcommand
    set -l cmd (__fish_wattkey_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c wattkey -n "__fish_wattkey_needs_command" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_needs_command" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_needs_command" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_needs_command" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_needs_command" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_needs_command" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_needs_command" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_needs_command" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_needs_command" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_needs_command" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_needs_command" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_needs_command" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_needs_command" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_needs_command" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_needs_command" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_needs_command" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_needs_command" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_needs_command" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_needs_command" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_needs_command" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_needs_command" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "profiles" -d 'List, show and check meter profiles'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "ledger" -d 'Show and verify what was done to which meter'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "diagnose" -d 'Say why a token was refused, and what to do now'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "explain" -d 'Explain what a meter shows, a short code, or a code of this program'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "keys" -d 'List, check, encrypt and decrypt key files'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "man" -d 'Print a manual page'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -f -a "list" -d 'List every profile'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -f -a "show" -d 'Print a profile as its file has it'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -f -a "check" -d 'Check profiles for errors and values without a source'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and not __fish_seen_subcommand_from list show check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "list" -d 'List every profile'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print a profile as its file has it'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check profiles for errors and values without a source'
complete -c wattkey -n "__fish_wattkey_using_subcommand profiles; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -f -a "list" -d 'List the newest rows'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -f -a "show" -d 'Show every row of one meter, job or row number'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -f -a "verify" -d 'Check that no row was changed or taken out'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -f -a "export" -d 'Print every row, as --format csv, json or jsonl'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and not __fish_seen_subcommand_from list show verify export help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l last -d 'How many rows' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from export" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the newest rows'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show every row of one meter, job or row number'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that no row was changed or taken out'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "export" -d 'Print every row, as --format csv, json or jsonl'
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l meter -d 'Saved status of the meter, from `wattkey status --json`' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l result -d 'The meter\'s answer to the token, such as crc-error' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l vendor -d 'Maker of the meter or the utility\'s fleet, for --display' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l display -d 'What the display showed' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l previous -d 'Token that this meter took before; may be given more than once' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l now -d 'Time of the diagnosis, RFC 3339; without it the present' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l cross-meter -d 'Try the vending keys with this other meter number too; a fit is never more than possible' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l vendor -d 'Maker of the meter, or the utility\'s fleet; a part of the name is enough' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l model -d 'Model; a part of the name is enough' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l records -d 'File with records of your own, besides records.json beside config.toml' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l hex -d 'Read a number as hexadecimal'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand explain" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -f -a "list" -d 'List the keys of a file, never their digits'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -f -a "check" -d 'Check fields, repeats, and which keys have run out or soon will'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -f -a "encrypt" -d 'Encrypt a key file by passphrase or for age recipients'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -f -a "decrypt" -d 'Decrypt a key file for the bench'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and not __fish_seen_subcommand_from list check encrypt decrypt help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l now -d 'Check as of this moment (RFC 3339) instead of now' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -s o -l output -d 'New file; without it FILE.age' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -s r -l recipient -d 'Age public key that may open the file; may be given more than once' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l force -d 'Replace the new file if it is already there'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from encrypt" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -s o -l output -d 'New file; without it FILE without its ending .age' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l force -d 'Replace the new file if it is already there'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from decrypt" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the keys of a file, never their digits'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check fields, repeats, and which keys have run out or soon will'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "encrypt" -d 'Encrypt a key file by passphrase or for age recipients'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "decrypt" -d 'Decrypt a key file for the bench'
complete -c wattkey -n "__fish_wattkey_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand man" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand completions" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from profiles ledger diagnose explain keys man completions help" -f -a "profiles" -d 'List, show and check meter profiles'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from profiles ledger diagnose explain keys man completions help" -f -a "ledger" -d 'Show and verify what was done to which meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from profiles ledger diagnose explain keys man completions help" -f -a "diagnose" -d 'Say why a token was refused, and what to do now'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from profiles ledger diagnose explain keys man completions help" -f -a "explain" -d 'Explain what a meter shows, a short code, or a code of this program'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from profiles ledger diagnose explain keys man completions help" -f -a "keys" -d 'List, check, encrypt and decrypt key files'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from profiles ledger diagnose explain keys man completions help" -f -a "man" -d 'Print a manual page'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from profiles ledger diagnose explain keys man completions help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from profiles ledger diagnose explain keys man completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from profiles" -f -a "list" -d 'List every profile'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from profiles" -f -a "show" -d 'Print a profile as its file has it'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from profiles" -f -a "check" -d 'Check profiles for errors and values without a source'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "list" -d 'List the newest rows'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "show" -d 'Show every row of one meter, job or row number'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "verify" -d 'Check that no row was changed or taken out'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "export" -d 'Print every row, as --format csv, json or jsonl'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "list" -d 'List the keys of a file, never their digits'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "check" -d 'Check fields, repeats, and which keys have run out or soon will'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "encrypt" -d 'Encrypt a key file by passphrase or for age recipients'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "decrypt" -d 'Decrypt a key file for the bench'
