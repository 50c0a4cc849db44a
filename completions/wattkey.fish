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
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "scan" -d 'Find the meters on a link: protocol, speed, address, profile'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "status" -d 'Show what the meter is doing: credit, key, relay, supply, alarms'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "read" -d 'Read single objects by OBIS code, register or data identifier'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "write" -d 'Write one object, after showing its old value'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "events" -d 'Read the meter\'s event logs'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "profile" -d 'Read the load profile'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "clock" -d 'Show or set the meter\'s clock'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "relay" -d 'Show or switch the supply relay'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "monitor" -d 'Watch meters: readings by interval, events, MQTT, demand limit'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "limit" -d 'Show, set or lift power and demand limits'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "token" -d 'Read, make and enter STS tokens'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "sim" -d 'Simulate meters behind a TCP port, a pseudo-terminal or RFC 2217'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "ports" -d 'List serial ports, USB first, and whether each can be used'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "profiles" -d 'List, show and check meter profiles'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "bulk" -d 'Commission many meters from a list, and tell how far a run is'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "ledger" -d 'Show and verify what was done to which meter'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "kct" -d 'Show, enter and ask for sets of key-change tokens'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "commission" -d 'Commission a meter by a plan: checks, key change, limits, first credit'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "headend" -d 'Check vend codes, ask the utility for tokens, hand in results'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "certificate" -d 'Check STS certificates against the utility\'s register'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "diagnose" -d 'Say why a token was refused, and what to do now'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "smets" -d 'Service requests, alerts, installation and top-up codes of GB meters'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "explain" -d 'Explain what a meter shows, a short code, or a code of this program'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "keys" -d 'List, check, encrypt and decrypt key files'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "trace" -d 'Read what was recorded on a line with --trace'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "man" -d 'Print a manual page'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c wattkey -n "__fish_wattkey_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l physical -d 'HDLC physical addresses to try, a number or a range' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l logical -d 'HDLC logical addresses to try' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l unit -d 'Modbus units to try, a number or a range; 1-247 when not given' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l baud -d 'Speeds in bit/s in place of each protocol\'s usual ones' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l all -d 'Go on with the next speed and protocol after an answer'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand scan" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l watch -d 'Read again and again, pausing so long between readings' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l count -d 'With --watch, stop after so many readings' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand status" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand read" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand write" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l from -d 'First moment: 2026-11-21, 2026-11-21T08:30, or RFC 3339 with an offset; UTC without one' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l to -d 'Last moment; a date alone means its end' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand events" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l from -d 'First moment: 2026-11-21, 2026-11-21T08:30, or RFC 3339 with an offset; UTC without one' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l to -d 'Last moment; a date alone means its end' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l bars -d 'Draw a bar for each row; a register that counts up is drawn by what it rose'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand profile" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l utc-offset -d 'Offset from UTC of a meter that does not tell its own, such as +02:00' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -f -a "show" -d 'Show the meter\'s clock and its drift'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -f -a "sync" -d 'Set the meter\'s clock to this machine\'s'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and not __fish_seen_subcommand_from show sync help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l utc-offset -d 'Offset from UTC of a meter that does not tell its own, such as +02:00' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l utc-offset -d 'Offset from UTC of a meter that does not tell its own, such as +02:00' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from sync" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the meter\'s clock and its drift'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from help" -f -a "sync" -d 'Set the meter\'s clock to this machine\'s'
complete -c wattkey -n "__fish_wattkey_using_subcommand clock; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -f -a "show" -d 'Show the relay'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -f -a "connect" -d 'Close the relay, or make it ready for closing by hand'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -f -a "disconnect" -d 'Open the relay: whoever is behind this meter loses supply'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and not __fish_seen_subcommand_from show connect disconnect help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from connect" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from disconnect" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the relay'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from help" -f -a "connect" -d 'Close the relay, or make it ready for closing by hand'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from help" -f -a "disconnect" -d 'Open the relay: whoever is behind this meter loses supply'
complete -c wattkey -n "__fish_wattkey_using_subcommand relay; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s f -l file -d 'Lines and meters, thresholds and outputs (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s m -l meter -d 'Address of one of several meters on the line of --link; again for each' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s i -l interval -d 'Time from the start of one round to the next; 0 for no pause [default: 30s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s n -l count -d 'End after so many rounds' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l for -d 'End after so long' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l thresholds -d 'When a reading is worth an event (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s o -l output -d 'File for readings and events: CSV of readings with --format csv, else JSON Lines' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l events -d 'File for events and actions alone' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l rotate-size -d 'Size at which an output file is set aside as FILE.1 [default: 10M]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l keep -d 'Older output files that are kept [default: 5]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l mqtt -d 'Broker: mqtt://HOST[:PORT], or mqtts:// for TLS' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l mqtt-prefix -d 'Stands before every topic [default: wattkey]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l mqtt-credentials -d 'File with user and password under [mqtt] (TOML, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l mqtt-authority -d 'Certificate of the authority that signed the broker\'s (PEM)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l mqtt-certificate -d 'Our own certificate, where the broker asks for one (PEM)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l mqtt-key -d 'The key of our own certificate (PEM)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l outbox -d 'Where messages wait for the broker [default: in the state folder]' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l outbox-limit -d 'Messages that may wait; the oldest make room [default: 200000]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l demand-limit -d 'Power of all meters together that should not be passed, such as 20kW' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l shed -d 'Meters that may lose supply, the first to lose it first' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l floor -d 'Meters that keep supply, however high the demand [default: 1]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l show-thresholds -d 'Print the thresholds that would hold, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l act -d 'Open and close relays; without it only what would be done is told'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand monitor" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -f -a "show" -d 'Show the limits in force'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -f -a "set" -d 'Set a limit, after showing the old one'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -f -a "clear" -d 'Lift a limit, after showing the old one'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and not __fish_seen_subcommand_from show set clear help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l power -d 'Active power above which the meter disconnects, in W, or with kW behind it' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l demand -d 'Demand above which the meter acts, in W, or with kW behind it' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l token -d 'The head-end\'s token that sets the power limit, twenty digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l power -d 'The power limit'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l demand -d 'The demand limit'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from clear" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the limits in force'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from help" -f -a "set" -d 'Set a limit, after showing the old one'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from help" -f -a "clear" -d 'Lift a limit, after showing the old one'
complete -c wattkey -n "__fish_wattkey_using_subcommand limit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -f -a "decode" -d 'Read tokens: what they are and, with keys, what they carry'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -f -a "enter" -d 'Enter tokens into the meter on the link'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -f -a "test" -d 'Make a test or display token that needs no key'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -f -a "generate" -d 'Make tokens under bench keys'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -f -a "card" -d 'Read an STS meter card from its text'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and not __fish_seen_subcommand_from decode enter test generate card help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l iin -d 'Issuer, 600727 or 0000; follows from the DRN' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l drn -d 'Meter number, 11 or 13 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l sgc -d 'Supply group code, 6 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l krn -d 'Key revision number, 1 to 9' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l kt -d 'Key type: 0 initial, 1 default, 2 unique, 3 common' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l ti -d 'Tariff index, 0 to 99' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l ea -d 'Encryption algorithm: 07 (STA) or 11 (MISTY1)' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l dkga -d 'Decoder key generation algorithm: 02 or 04' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l base-date -d 'Base date of token identifiers: 1993, 2014 or 2035' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l reveal-keys -d 'Show the key halves that key-change tokens carry'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from decode" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from enter" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l manufacturer-code -d 'Manufacturer code in 2 or 4 digits; its length chooses the form [default: any, in both forms]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l drn -d 'Meter number, whose length chooses the form' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from test" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -f -a "credit" -d 'Make credit tokens'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -f -a "management" -d 'Make a token that sets or clears something in the meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -f -a "key-change" -d 'Make the whole set of tokens that bring a meter to another key'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from generate" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from card" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "decode" -d 'Read tokens: what they are and, with keys, what they carry'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "enter" -d 'Enter tokens into the meter on the link'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "test" -d 'Make a test or display token that needs no key'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "generate" -d 'Make tokens under bench keys'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "card" -d 'Read an STS meter card from its text'
complete -c wattkey -n "__fish_wattkey_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l listen -d 'Where to listen: tcp:HOST:PORT, rfc2217:HOST:PORT or pty:PATH; loopback without a host, any port with 0' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l meters -d 'Number of meters, on one line with addresses 1/17, 1/18 and so on' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l lines -d 'Spread the meters over N lines: ports count up, pty paths get .2, .3 and so on' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l model -d 'Model, see `wattkey sim models` [default: single-phase-keypad]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l set -d 'Change a value of the model, such as lockout.after=3' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l face -d 'What the meters speak, in turn: dlms, iec62056-21, dlt645 or modbus; + joins several [default: the model\'s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l baud -d 'Let octets take the time they need at this speed in bit/s; without it they take none' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l seed -d 'Seed of everything drawn; the meters count up from it' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l speed -d 'How much faster than real time passes for the meters' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l clock -d 'Time at which fresh meters begin, RFC 3339 [default: now]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l tamper -d 'Latch a tamper condition: cover-open, terminal-cover-open, magnetic-field or reverse-energy' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l state -d 'Keep the meters in this folder and go on from there the next time' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l fault -d 'Faults: drop=1%,corrupt=1%,delay=200ms,late=1%,echo,cut-after=OCTETS,power-cut=1% or power-cut=REQUEST' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l log -d 'Log every frame, as a trace; - is standard error' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l log-tokens -d 'Account for every token a meter accepted, one JSON object a line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l separate -d 'Give each meter a line of its own: ports count up, pty paths get .2, .3 and so on'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -f -a "keys" -d 'Write the key file of simulated meters (bench keys, mode 600)'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -f -a "credentials" -d 'Write the credentials file of simulated meters (bench keys, mode 600)'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -f -a "models" -d 'List the models of simulated meters'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and not __fish_seen_subcommand_from keys credentials models help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l force -d 'Replace the file when it is there'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from keys" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l force -d 'Replace the file when it is there'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from credentials" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from models" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from help" -f -a "keys" -d 'Write the key file of simulated meters (bench keys, mode 600)'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from help" -f -a "credentials" -d 'Write the credentials file of simulated meters (bench keys, mode 600)'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from help" -f -a "models" -d 'List the models of simulated meters'
complete -c wattkey -n "__fish_wattkey_using_subcommand sim; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l test -d 'Check a looped-back port: which speeds come back as sent, and how fast' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l all -d 'Show ports without hardware, too'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l watch -d 'Go on and show every change, until Ctrl-C'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand ports" -s V -l version -d 'Print version'
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
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -f -a "run" -d 'Do the jobs of a list, a thread a line'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -f -a "status" -d 'Tell how far runs are, also while they are at work'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -f -a "report" -d 'Report on a run: counts, times, causes, certificates'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and not __fish_seen_subcommand_from run status report help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l run -d 'Name of the run [default: that of the list\'s file]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l plan -d 'Plan of rows that name none' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l only -d 'Go on with these jobs only; may be given again' -r -f -a "failed\t'Failed, or broken off'
stopped\t'Stopped for safety, as at a wrong meter'
unknown\t'In doubt: a person has looked at the meter meanwhile'
open\t'Never begun, or cut short'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l max-failures -d 'Begin no further job once so many are not done' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l lines -d 'Lines worked on at a time' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l certificates -d 'The utility\'s register of STS certificates: CSV or JSON, as `wattkey certificate check` takes it' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l headend -d 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l pack-key -d 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l resume -d 'Go on with a run that was begun: all that is not done, save what is in doubt'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l dry-run -d 'Read every meter and tell what would be done; write nothing'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l check-only -d 'Check the list and talk to no meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l accept-unverified-pack -d 'Take a pack although nobody trusted has signed it, or its signature does not hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from run" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from status" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l html -d 'Write the report as one HTML page with charts' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l certificates -d 'Write a certificate for each meter that is done, one sheet each, into one HTML file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l job -d 'Only the certificate of this job; may be given again' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from report" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "run" -d 'Do the jobs of a list, a thread a line'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "status" -d 'Tell how far runs are, also while they are at work'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "report" -d 'Report on a run: counts, times, causes, certificates'
complete -c wattkey -n "__fish_wattkey_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c wattkey -n "__fish_wattkey_using_subcommand ledger; and __fish_seen_subcommand_from verify" -l head -d 'Hash noted from a report; its first 16 digits will do' -r
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
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -f -a "show" -d 'Show whether a set is whole and where it leads'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -f -a "enter" -d 'Enter a set section by section and compare what the meter then holds'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -f -a "request" -d 'Ask the head-end for key-change tokens'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and not __fish_seen_subcommand_from show enter request help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l file -d 'File with the tokens, one a line, or the head-end\'s reply; - is standard input' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l iin -d 'Issuer, 600727 or 0000; follows from the DRN' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l drn -d 'Meter number, 11 or 13 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l sgc -d 'Supply group code, 6 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l krn -d 'Key revision number, 1 to 9' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l kt -d 'Key type: 0 initial, 1 default, 2 unique, 3 common' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l ti -d 'Tariff index, 0 to 99' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l ea -d 'Encryption algorithm: 07 (STA) or 11 (MISTY1)' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l dkga -d 'Decoder key generation algorithm: 02 or 04' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l base-date -d 'Base date of token identifiers: 1993, 2014 or 2035' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l file -d 'File with the tokens, one a line, or the head-end\'s reply; - is standard input' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l expect-drn -d 'Meter number on the slip; another meter gets nothing' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l expect-serial -d 'Serial number of the meter that is meant; another gets nothing' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l dry-run -d 'Show what would be entered, and send nothing'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from enter" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l iin -d 'Issuer, 600727 or 0000; follows from the DRN' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l drn -d 'Meter number, 11 or 13 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l sgc -d 'Supply group code, 6 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l krn -d 'Key revision number, 1 to 9' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l kt -d 'Key type: 0 initial, 1 default, 2 unique, 3 common' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l ti -d 'Tariff index, 0 to 99' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l ea -d 'Encryption algorithm: 07 (STA) or 11 (MISTY1)' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l dkga -d 'Decoder key generation algorithm: 02 or 04' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l base-date -d 'Base date of token identifiers: 1993, 2014 or 2035' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l serial -d 'Serial number; a pack finds the meter by it, and with --link another meter is refused' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l headend -d 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l pack-key -d 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l to-sgc -d 'Supply group to change to, in the place of the utility\'s record' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l to-krn -d 'Key revision to change to' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l to-ti -d 'Tariff index to change to' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l accept-unverified-pack -d 'Take a pack although nobody trusted has signed it, or its signature does not hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l enter -d 'Enter the tokens into the meter on --link at once, as `kct enter` does'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from request" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show whether a set is whole and where it leads'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from help" -f -a "enter" -d 'Enter a set section by section and compare what the meter then holds'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from help" -f -a "request" -d 'Ask the head-end for key-change tokens'
complete -c wattkey -n "__fish_wattkey_using_subcommand kct; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l plan -d 'Plan: a name from --list-plans, or a file [default: that of the job, else single-phase]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l job -d 'File with the job (TOML or JSON): id, serial, drn, vend_code, plan, answer.ID, plan.KEY' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l id -d 'Name of the job in the ledger [default: the meter\'s serial number]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l expect-serial -d 'Serial number of the meter that is meant; another gets nothing' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l expect-drn -d 'Meter number of the meter that is meant; another gets nothing' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l vend-code -d 'Code on the job sheet that the head-end checks' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l answer -d 'Answer to a question of the plan; may be repeated' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l set -d 'Value in the place of the plan\'s, such as power_limit_w=9200; may be repeated' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l certificates -d 'The utility\'s register of STS certificates: CSV or JSON, as `wattkey certificate check` takes it' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l credit-token -d 'First credit token, when it was bought beforehand' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l sheet -d 'Write a certificate of the commissioned meter, one HTML sheet for print, to this file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l show-plan -d 'Print a plan, to begin one of your own with' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l headend -d 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l pack-key -d 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l moved -d 'The meter was moved here on purpose from where this ledger has it as commissioned'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l dry-run -d 'Read and compare, and show what would be done; write nothing'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l list-plans -d 'List the plans that come with the program'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l accept-unverified-pack -d 'Take a pack although nobody trusted has signed it, or its signature does not hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand commission" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -f -a "check" -d 'Check that a vend code belongs to a meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -f -a "tokens" -d 'Ask for an engineering or test token'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -f -a "report" -d 'Hand in the result of a job, or what is wrong with a meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -f -a "outbox" -d 'List what waits for the utility'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -f -a "send" -d 'Hand in what waits'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -f -a "pack" -d 'Make a signed pack of the day\'s records, or a key to sign packs with'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and not __fish_seen_subcommand_from check tokens report outbox send pack help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l iin -d 'Issuer, 600727 or 0000; follows from the DRN' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l drn -d 'Meter number, 11 or 13 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l sgc -d 'Supply group code, 6 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l krn -d 'Key revision number, 1 to 9' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l kt -d 'Key type: 0 initial, 1 default, 2 unique, 3 common' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l ti -d 'Tariff index, 0 to 99' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l ea -d 'Encryption algorithm: 07 (STA) or 11 (MISTY1)' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l dkga -d 'Decoder key generation algorithm: 02 or 04' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l base-date -d 'Base date of token identifiers: 1993, 2014 or 2035' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l serial -d 'Serial number; a pack finds the meter by it, and with --link another meter is refused' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l headend -d 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l pack-key -d 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l accept-unverified-pack -d 'Take a pack although nobody trusted has signed it, or its signature does not hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l iin -d 'Issuer, 600727 or 0000; follows from the DRN' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l drn -d 'Meter number, 11 or 13 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l sgc -d 'Supply group code, 6 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l krn -d 'Key revision number, 1 to 9' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l kt -d 'Key type: 0 initial, 1 default, 2 unique, 3 common' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l ti -d 'Tariff index, 0 to 99' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l ea -d 'Encryption algorithm: 07 (STA) or 11 (MISTY1)' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l dkga -d 'Decoder key generation algorithm: 02 or 04' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l base-date -d 'Base date of token identifiers: 1993, 2014 or 2035' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l serial -d 'Serial number; a pack finds the meter by it, and with --link another meter is refused' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l headend -d 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l pack-key -d 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l accept-unverified-pack -d 'Take a pack although nobody trusted has signed it, or its signature does not hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from tokens" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l job -d 'Job it belongs to' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l vend-code -d 'Vend code of the customer' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l text -d 'In words' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l iin -d 'Issuer, 600727 or 0000; follows from the DRN' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l drn -d 'Meter number, 11 or 13 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l sgc -d 'Supply group code, 6 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l krn -d 'Key revision number, 1 to 9' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l kt -d 'Key type: 0 initial, 1 default, 2 unique, 3 common' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l ti -d 'Tariff index, 0 to 99' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l ea -d 'Encryption algorithm: 07 (STA) or 11 (MISTY1)' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l dkga -d 'Decoder key generation algorithm: 02 or 04' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l base-date -d 'Base date of token identifiers: 1993, 2014 or 2035' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l serial -d 'Serial number; a pack finds the meter by it, and with --link another meter is refused' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l headend -d 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l pack-key -d 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l accept-unverified-pack -d 'Take a pack although nobody trusted has signed it, or its signature does not hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from report" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l all -d 'Rows that were delivered, too'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from outbox" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l headend -d 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l pack-key -d 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l accept-unverified-pack -d 'Take a pack although nobody trusted has signed it, or its signature does not hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from send" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -s o -l output -d 'Pack to write; an existing file is left alone' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l key -d 'Key to sign with: a file with an Ed25519 key in PEM form' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l name -d 'Name of the pack, such as the crew and the day' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l valid-for -d 'How long its records hold, from now, such as 12h' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l valid-until -d 'Until when its records hold, as 2026-11-22T18:00:00Z' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l new-key -d 'Make a key in a new file, and its public half beside it with .pub at the end' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l public-of -d 'Print the public half of a key' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l unsigned -d 'Leave the pack unsigned; it is then only taken with --accept-unverified-pack'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from pack" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check that a vend code belongs to a meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from help" -f -a "tokens" -d 'Ask for an engineering or test token'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from help" -f -a "report" -d 'Hand in the result of a job, or what is wrong with a meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from help" -f -a "outbox" -d 'List what waits for the utility'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from help" -f -a "send" -d 'Hand in what waits'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from help" -f -a "pack" -d 'Make a signed pack of the day\'s records, or a key to sign packs with'
complete -c wattkey -n "__fish_wattkey_using_subcommand headend; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -f -a "check" -d 'Check maker, model, certificate number, expiry and supply group'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and not __fish_seen_subcommand_from check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l certificates -d 'The utility\'s register: CSV or JSON' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l maker -d 'Maker: name or FLAG letters' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l model -d 'Model' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l certificate -d 'Certificate number on the label' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l iin -d 'Issuer, 600727 or 0000; follows from the DRN' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l drn -d 'Meter number, 11 or 13 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l sgc -d 'Supply group code, 6 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l krn -d 'Key revision number, 1 to 9' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l kt -d 'Key type: 0 initial, 1 default, 2 unique, 3 common' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l ti -d 'Tariff index, 0 to 99' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l ea -d 'Encryption algorithm: 07 (STA) or 11 (MISTY1)' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l dkga -d 'Decoder key generation algorithm: 02 or 04' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l base-date -d 'Base date of token identifiers: 1993, 2014 or 2035' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check maker, model, certificate number, expiry and supply group'
complete -c wattkey -n "__fish_wattkey_using_subcommand certificate; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l meter -d 'Saved status of the meter, from `wattkey status --json`' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l result -d 'The meter\'s answer to the token, such as crc-error' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l vendor -d 'Maker of the meter or the utility\'s fleet, for --display' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l display -d 'What the display showed' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l previous -d 'Token that this meter took before; may be given more than once' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l now -d 'Time of the diagnosis, RFC 3339; without it the present' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l cross-meter -d 'Try the vending keys with this other meter number too; a fit is never more than possible' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l iin -d 'Issuer, 600727 or 0000; follows from the DRN' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l drn -d 'Meter number, 11 or 13 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l sgc -d 'Supply group code, 6 digits' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l krn -d 'Key revision number, 1 to 9' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l kt -d 'Key type: 0 initial, 1 default, 2 unique, 3 common' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l ti -d 'Tariff index, 0 to 99' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l ea -d 'Encryption algorithm: 07 (STA) or 11 (MISTY1)' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l dkga -d 'Decoder key generation algorithm: 02 or 04' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l base-date -d 'Base date of token identifiers: 1993, 2014 or 2035' -r
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
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l enter -d 'Enter the token into the meter on the link, and diagnose its answer'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand diagnose" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -f -a "requests" -d 'List, show or search the service requests of the DCC'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -f -a "may" -d 'Tell whether a role may send a service request'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -f -a "request" -d 'Build, check or send a service request'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -f -a "decode" -d 'Decode DUIS responses and alerts to JSON Lines'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -f -a "install" -d 'Keep the checklist of an installation'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -f -a "utrn" -d 'Check a SMETS2 top-up code'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -f -a "id" -d 'Check device IDs and meter point numbers'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and not __fish_seen_subcommand_from requests may request decode install utrn id help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -f -a "list" -d 'List service requests, all or by role, device or kind'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -f -a "show" -d 'Show one service request with the fields of its body'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -f -a "search" -d 'Find service requests, DCC alerts and roles by any name'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from requests" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from may" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -f -a "build" -d 'Build a service request as DUIS XML'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -f -a "check" -d 'Check a service request before it is sent'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -f -a "send" -d 'Send a service request to a DCC adaptor'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from request" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l payload -d 'Show the GBCS message itself too, as hex'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from decode" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l file -d 'File the checklist is kept in' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "start" -d 'Begin a checklist for the devices of a site'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "show" -d 'Show every step with its state'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "next" -d 'Show the steps that can be done now, and who does them'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "done" -d 'Note a step as done'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "fail" -d 'Note a step as failed'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "skip" -d 'Leave a step out, with the reason'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "wan" -d 'Note whether the hub reaches the DCC'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "feed" -d 'Note what decoded messages prove'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "page" -d 'Print the checklist as an HTML page'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "lights" -d 'Show what the lights of a hub mean'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "generation" -d 'Tell whether a meter is likely SMETS1 or SMETS2'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from install" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -f -a "check" -d 'Check digit, range, amount and counter bits of a UTRN'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from utrn" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -f -a "check" -d 'Check EUI-64 device IDs, MPANs and MPRNs'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from id" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from help" -f -a "requests" -d 'List, show or search the service requests of the DCC'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from help" -f -a "may" -d 'Tell whether a role may send a service request'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from help" -f -a "request" -d 'Build, check or send a service request'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from help" -f -a "decode" -d 'Decode DUIS responses and alerts to JSON Lines'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from help" -f -a "install" -d 'Keep the checklist of an installation'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from help" -f -a "utrn" -d 'Check a SMETS2 top-up code'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from help" -f -a "id" -d 'Check device IDs and meter point numbers'
complete -c wattkey -n "__fish_wattkey_using_subcommand smets; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -f -a "decode" -d 'Show the frames of a trace, layer by layer'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and not __fish_seen_subcommand_from decode help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -s l -l link -d 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -s p -l protocol -d 'Protocol; without it the profile\'s, else detected' -r -f -a "dlms\t'DLMS/COSEM over HDLC'
iec62056-21\t'IEC 62056-21 (optical, ASCII)'
dlt645\t'DL/T 645-2007 and -1997'
modbus\t'Modbus RTU'"
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l profile -d 'Meter profile: a name from `wattkey profiles list`, or a file' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l address -d 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l credentials -d 'File with passwords and keys of the meter\'s interface (TOML)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l keys -d 'File with vending and decoder keys (JSON, or the same encrypted by age)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l keys-passphrase-file -d 'File that holds the passphrase of an encrypted key file, on its first line' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l keys-identity -d 'File with the age identity that opens an encrypted key file' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l format -d 'Form of the result' -r -f -a "table\t'Text for people'
json\t'One JSON document, indented'
jsonl\t'One JSON document a line'
csv\t'Comma-separated values with a header line'"
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l trace -d 'Record every byte on the line, secrets redacted (JSON Lines)' -r -F
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l timeout -d 'Longest wait for one reply, such as 5s or 800ms [default: 5s]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l retries -d 'Repeats of one request [default: 2]' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Always'
never\t'Never'"
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l meter-card -d 'Meter parameters from an STS meter card, 35 digits or track 2' -r
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l allow-exposed-files -d 'Take key and credentials files even when others may read them'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l json -d 'Same as --format json'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l non-interactive -d 'Never ask; a missing answer is an error'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -s y -l yes -d 'Answer yes to confirmations; checks still hold'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -s q -l quiet -d 'No notes on standard error, errors excepted'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -s v -l verbose -d 'More notes on standard error; twice for still more'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -l print-config -d 'Show every option with its value and where it came from, and do nothing else'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from decode" -s V -l version -d 'Print version'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from help" -f -a "decode" -d 'Show the frames of a trace, layer by layer'
complete -c wattkey -n "__fish_wattkey_using_subcommand trace; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "scan" -d 'Find the meters on a link: protocol, speed, address, profile'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "status" -d 'Show what the meter is doing: credit, key, relay, supply, alarms'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "read" -d 'Read single objects by OBIS code, register or data identifier'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "write" -d 'Write one object, after showing its old value'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "events" -d 'Read the meter\'s event logs'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "profile" -d 'Read the load profile'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "clock" -d 'Show or set the meter\'s clock'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "relay" -d 'Show or switch the supply relay'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "monitor" -d 'Watch meters: readings by interval, events, MQTT, demand limit'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "limit" -d 'Show, set or lift power and demand limits'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "token" -d 'Read, make and enter STS tokens'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "sim" -d 'Simulate meters behind a TCP port, a pseudo-terminal or RFC 2217'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "ports" -d 'List serial ports, USB first, and whether each can be used'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "profiles" -d 'List, show and check meter profiles'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "bulk" -d 'Commission many meters from a list, and tell how far a run is'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "ledger" -d 'Show and verify what was done to which meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "kct" -d 'Show, enter and ask for sets of key-change tokens'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "commission" -d 'Commission a meter by a plan: checks, key change, limits, first credit'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "headend" -d 'Check vend codes, ask the utility for tokens, hand in results'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "certificate" -d 'Check STS certificates against the utility\'s register'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "diagnose" -d 'Say why a token was refused, and what to do now'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "smets" -d 'Service requests, alerts, installation and top-up codes of GB meters'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "explain" -d 'Explain what a meter shows, a short code, or a code of this program'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "keys" -d 'List, check, encrypt and decrypt key files'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "trace" -d 'Read what was recorded on a line with --trace'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "man" -d 'Print a manual page'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and not __fish_seen_subcommand_from scan status read write events profile clock relay monitor limit token sim ports profiles bulk ledger kct commission headend certificate diagnose smets explain keys trace man completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from clock" -f -a "show" -d 'Show the meter\'s clock and its drift'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from clock" -f -a "sync" -d 'Set the meter\'s clock to this machine\'s'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from relay" -f -a "show" -d 'Show the relay'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from relay" -f -a "connect" -d 'Close the relay, or make it ready for closing by hand'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from relay" -f -a "disconnect" -d 'Open the relay: whoever is behind this meter loses supply'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from limit" -f -a "show" -d 'Show the limits in force'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from limit" -f -a "set" -d 'Set a limit, after showing the old one'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from limit" -f -a "clear" -d 'Lift a limit, after showing the old one'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "decode" -d 'Read tokens: what they are and, with keys, what they carry'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "enter" -d 'Enter tokens into the meter on the link'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "test" -d 'Make a test or display token that needs no key'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "generate" -d 'Make tokens under bench keys'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "card" -d 'Read an STS meter card from its text'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from sim" -f -a "keys" -d 'Write the key file of simulated meters (bench keys, mode 600)'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from sim" -f -a "credentials" -d 'Write the credentials file of simulated meters (bench keys, mode 600)'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from sim" -f -a "models" -d 'List the models of simulated meters'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from profiles" -f -a "list" -d 'List every profile'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from profiles" -f -a "show" -d 'Print a profile as its file has it'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from profiles" -f -a "check" -d 'Check profiles for errors and values without a source'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from bulk" -f -a "run" -d 'Do the jobs of a list, a thread a line'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from bulk" -f -a "status" -d 'Tell how far runs are, also while they are at work'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from bulk" -f -a "report" -d 'Report on a run: counts, times, causes, certificates'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "list" -d 'List the newest rows'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "show" -d 'Show every row of one meter, job or row number'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "verify" -d 'Check that no row was changed or taken out'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "export" -d 'Print every row, as --format csv, json or jsonl'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from kct" -f -a "show" -d 'Show whether a set is whole and where it leads'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from kct" -f -a "enter" -d 'Enter a set section by section and compare what the meter then holds'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from kct" -f -a "request" -d 'Ask the head-end for key-change tokens'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from headend" -f -a "check" -d 'Check that a vend code belongs to a meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from headend" -f -a "tokens" -d 'Ask for an engineering or test token'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from headend" -f -a "report" -d 'Hand in the result of a job, or what is wrong with a meter'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from headend" -f -a "outbox" -d 'List what waits for the utility'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from headend" -f -a "send" -d 'Hand in what waits'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from headend" -f -a "pack" -d 'Make a signed pack of the day\'s records, or a key to sign packs with'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from certificate" -f -a "check" -d 'Check maker, model, certificate number, expiry and supply group'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from smets" -f -a "requests" -d 'List, show or search the service requests of the DCC'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from smets" -f -a "may" -d 'Tell whether a role may send a service request'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from smets" -f -a "request" -d 'Build, check or send a service request'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from smets" -f -a "decode" -d 'Decode DUIS responses and alerts to JSON Lines'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from smets" -f -a "install" -d 'Keep the checklist of an installation'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from smets" -f -a "utrn" -d 'Check a SMETS2 top-up code'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from smets" -f -a "id" -d 'Check device IDs and meter point numbers'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "list" -d 'List the keys of a file, never their digits'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "check" -d 'Check fields, repeats, and which keys have run out or soon will'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "encrypt" -d 'Encrypt a key file by passphrase or for age recipients'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "decrypt" -d 'Decrypt a key file for the bench'
complete -c wattkey -n "__fish_wattkey_using_subcommand help; and __fish_seen_subcommand_from trace" -f -a "decode" -d 'Show the frames of a trace, layer by layer'
