
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'wattkey' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'wattkey'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'wattkey' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('scan', 'scan', [CompletionResultType]::ParameterValue, 'Find the meters on a link: protocol, speed, address, profile')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what the meter is doing: credit, key, relay, supply, alarms')
            [CompletionResult]::new('read', 'read', [CompletionResultType]::ParameterValue, 'Read single objects by OBIS code, register or data identifier')
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write one object, after showing its old value')
            [CompletionResult]::new('events', 'events', [CompletionResultType]::ParameterValue, 'Read the meter''s event logs')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'Read the load profile')
            [CompletionResult]::new('clock', 'clock', [CompletionResultType]::ParameterValue, 'Show or set the meter''s clock')
            [CompletionResult]::new('relay', 'relay', [CompletionResultType]::ParameterValue, 'Show or switch the supply relay')
            [CompletionResult]::new('monitor', 'monitor', [CompletionResultType]::ParameterValue, 'Watch meters: readings by interval, events, MQTT, demand limit')
            [CompletionResult]::new('limit', 'limit', [CompletionResultType]::ParameterValue, 'Show, set or lift power and demand limits')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Read, make and enter STS tokens')
            [CompletionResult]::new('sim', 'sim', [CompletionResultType]::ParameterValue, 'Simulate meters behind a TCP port, a pseudo-terminal or RFC 2217')
            [CompletionResult]::new('ports', 'ports', [CompletionResultType]::ParameterValue, 'List serial ports, USB first, and whether each can be used')
            [CompletionResult]::new('profiles', 'profiles', [CompletionResultType]::ParameterValue, 'List, show and check meter profiles')
            [CompletionResult]::new('bulk', 'bulk', [CompletionResultType]::ParameterValue, 'Commission many meters from a list, and tell how far a run is')
            [CompletionResult]::new('ledger', 'ledger', [CompletionResultType]::ParameterValue, 'Show and verify what was done to which meter')
            [CompletionResult]::new('kct', 'kct', [CompletionResultType]::ParameterValue, 'Show, enter and ask for sets of key-change tokens')
            [CompletionResult]::new('commission', 'commission', [CompletionResultType]::ParameterValue, 'Commission a meter by a plan: checks, key change, limits, first credit')
            [CompletionResult]::new('headend', 'headend', [CompletionResultType]::ParameterValue, 'Check vend codes, ask the utility for tokens, hand in results')
            [CompletionResult]::new('certificate', 'certificate', [CompletionResultType]::ParameterValue, 'Check STS certificates against the utility''s register')
            [CompletionResult]::new('diagnose', 'diagnose', [CompletionResultType]::ParameterValue, 'Say why a token was refused, and what to do now')
            [CompletionResult]::new('smets', 'smets', [CompletionResultType]::ParameterValue, 'Service requests, alerts, installation and top-up codes of GB meters')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain what a meter shows, a short code, or a code of this program')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'List, check, encrypt and decrypt key files')
            [CompletionResult]::new('trace', 'trace', [CompletionResultType]::ParameterValue, 'Read what was recorded on a line with --trace')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;scan' {
            [CompletionResult]::new('--physical', '--physical', [CompletionResultType]::ParameterName, 'HDLC physical addresses to try, a number or a range')
            [CompletionResult]::new('--logical', '--logical', [CompletionResultType]::ParameterName, 'HDLC logical addresses to try')
            [CompletionResult]::new('--unit', '--unit', [CompletionResultType]::ParameterName, 'Modbus units to try, a number or a range; 1-247 when not given')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Speeds in bit/s in place of each protocol''s usual ones')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Go on with the next speed and protocol after an answer')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;status' {
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Read again and again, pausing so long between readings')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'With --watch, stop after so many readings')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;read' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;write' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;events' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'First moment: 2026-11-21, 2026-11-21T08:30, or RFC 3339 with an offset; UTC without one')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Last moment; a date alone means its end')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;profile' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'First moment: 2026-11-21, 2026-11-21T08:30, or RFC 3339 with an offset; UTC without one')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Last moment; a date alone means its end')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--bars', '--bars', [CompletionResultType]::ParameterName, 'Draw a bar for each row; a register that counts up is drawn by what it rose')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;clock' {
            [CompletionResult]::new('--utc-offset', '--utc-offset', [CompletionResultType]::ParameterName, 'Offset from UTC of a meter that does not tell its own, such as +02:00')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the meter''s clock and its drift')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Set the meter''s clock to this machine''s')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;clock;show' {
            [CompletionResult]::new('--utc-offset', '--utc-offset', [CompletionResultType]::ParameterName, 'Offset from UTC of a meter that does not tell its own, such as +02:00')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;clock;sync' {
            [CompletionResult]::new('--utc-offset', '--utc-offset', [CompletionResultType]::ParameterName, 'Offset from UTC of a meter that does not tell its own, such as +02:00')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;clock;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the meter''s clock and its drift')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Set the meter''s clock to this machine''s')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;clock;help;show' {
            break
        }
        'wattkey;clock;help;sync' {
            break
        }
        'wattkey;clock;help;help' {
            break
        }
        'wattkey;relay' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the relay')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Close the relay, or make it ready for closing by hand')
            [CompletionResult]::new('disconnect', 'disconnect', [CompletionResultType]::ParameterValue, 'Open the relay: whoever is behind this meter loses supply')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;relay;show' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;relay;connect' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;relay;disconnect' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;relay;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the relay')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Close the relay, or make it ready for closing by hand')
            [CompletionResult]::new('disconnect', 'disconnect', [CompletionResultType]::ParameterValue, 'Open the relay: whoever is behind this meter loses supply')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;relay;help;show' {
            break
        }
        'wattkey;relay;help;connect' {
            break
        }
        'wattkey;relay;help;disconnect' {
            break
        }
        'wattkey;relay;help;help' {
            break
        }
        'wattkey;monitor' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Lines and meters, thresholds and outputs (TOML)')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Lines and meters, thresholds and outputs (TOML)')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Address of one of several meters on the line of --link; again for each')
            [CompletionResult]::new('--meter', '--meter', [CompletionResultType]::ParameterName, 'Address of one of several meters on the line of --link; again for each')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Time from the start of one round to the next; 0 for no pause [default: 30s]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time from the start of one round to the next; 0 for no pause [default: 30s]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'End after so many rounds')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'End after so many rounds')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'End after so long')
            [CompletionResult]::new('--thresholds', '--thresholds', [CompletionResultType]::ParameterName, 'When a reading is worth an event (TOML)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'File for readings and events: CSV of readings with --format csv, else JSON Lines')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'File for readings and events: CSV of readings with --format csv, else JSON Lines')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'File for events and actions alone')
            [CompletionResult]::new('--rotate-size', '--rotate-size', [CompletionResultType]::ParameterName, 'Size at which an output file is set aside as FILE.1 [default: 10M]')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Older output files that are kept [default: 5]')
            [CompletionResult]::new('--mqtt', '--mqtt', [CompletionResultType]::ParameterName, 'Broker: mqtt://HOST[:PORT], or mqtts:// for TLS')
            [CompletionResult]::new('--mqtt-prefix', '--mqtt-prefix', [CompletionResultType]::ParameterName, 'Stands before every topic [default: wattkey]')
            [CompletionResult]::new('--mqtt-credentials', '--mqtt-credentials', [CompletionResultType]::ParameterName, 'File with user and password under [mqtt] (TOML, or the same encrypted by age)')
            [CompletionResult]::new('--mqtt-authority', '--mqtt-authority', [CompletionResultType]::ParameterName, 'Certificate of the authority that signed the broker''s (PEM)')
            [CompletionResult]::new('--mqtt-certificate', '--mqtt-certificate', [CompletionResultType]::ParameterName, 'Our own certificate, where the broker asks for one (PEM)')
            [CompletionResult]::new('--mqtt-key', '--mqtt-key', [CompletionResultType]::ParameterName, 'The key of our own certificate (PEM)')
            [CompletionResult]::new('--outbox', '--outbox', [CompletionResultType]::ParameterName, 'Where messages wait for the broker [default: in the state folder]')
            [CompletionResult]::new('--outbox-limit', '--outbox-limit', [CompletionResultType]::ParameterName, 'Messages that may wait; the oldest make room [default: 200000]')
            [CompletionResult]::new('--demand-limit', '--demand-limit', [CompletionResultType]::ParameterName, 'Power of all meters together that should not be passed, such as 20kW')
            [CompletionResult]::new('--shed', '--shed', [CompletionResultType]::ParameterName, 'Meters that may lose supply, the first to lose it first')
            [CompletionResult]::new('--floor', '--floor', [CompletionResultType]::ParameterName, 'Meters that keep supply, however high the demand [default: 1]')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--show-thresholds', '--show-thresholds', [CompletionResultType]::ParameterName, 'Print the thresholds that would hold, and do nothing else')
            [CompletionResult]::new('--act', '--act', [CompletionResultType]::ParameterName, 'Open and close relays; without it only what would be done is told')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;limit' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the limits in force')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a limit, after showing the old one')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Lift a limit, after showing the old one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;limit;show' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;limit;set' {
            [CompletionResult]::new('--power', '--power', [CompletionResultType]::ParameterName, 'Active power above which the meter disconnects, in W, or with kW behind it')
            [CompletionResult]::new('--demand', '--demand', [CompletionResultType]::ParameterName, 'Demand above which the meter acts, in W, or with kW behind it')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The head-end''s token that sets the power limit, twenty digits')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;limit;clear' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--power', '--power', [CompletionResultType]::ParameterName, 'The power limit')
            [CompletionResult]::new('--demand', '--demand', [CompletionResultType]::ParameterName, 'The demand limit')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;limit;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the limits in force')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a limit, after showing the old one')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Lift a limit, after showing the old one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;limit;help;show' {
            break
        }
        'wattkey;limit;help;set' {
            break
        }
        'wattkey;limit;help;clear' {
            break
        }
        'wattkey;limit;help;help' {
            break
        }
        'wattkey;token' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Read tokens: what they are and, with keys, what they carry')
            [CompletionResult]::new('enter', 'enter', [CompletionResultType]::ParameterValue, 'Enter tokens into the meter on the link')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Make a test or display token that needs no key')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make tokens under bench keys')
            [CompletionResult]::new('card', 'card', [CompletionResultType]::ParameterValue, 'Read an STS meter card from its text')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;token;decode' {
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--reveal-keys', '--reveal-keys', [CompletionResultType]::ParameterName, 'Show the key halves that key-change tokens carry')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;enter' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;test' {
            [CompletionResult]::new('--manufacturer-code', '--manufacturer-code', [CompletionResultType]::ParameterName, 'Manufacturer code in 2 or 4 digits; its length chooses the form [default: any, in both forms]')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, whose length chooses the form')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;generate' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('credit', 'credit', [CompletionResultType]::ParameterValue, 'Make credit tokens')
            [CompletionResult]::new('management', 'management', [CompletionResultType]::ParameterValue, 'Make a token that sets or clears something in the meter')
            [CompletionResult]::new('key-change', 'key-change', [CompletionResultType]::ParameterValue, 'Make the whole set of tokens that bring a meter to another key')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;token;generate;credit' {
            [CompletionResult]::new('--commodity', '--commodity', [CompletionResultType]::ParameterName, 'What is sold')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Number of tokens, each with its own identifier')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'Time of issue, such as 2026-03-25T13:55:00Z [default: now]')
            [CompletionResult]::new('--tid', '--tid', [CompletionResultType]::ParameterName, 'Token identifier itself, in minutes since the base date, even when it was given before')
            [CompletionResult]::new('--rnd', '--rnd', [CompletionResultType]::ParameterName, 'Random number, 0 to 15 [default: random]')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'Credit in money instead of units; may be negative')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;generate;management' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('set-maximum-power-limit', 'set-maximum-power-limit', [CompletionResultType]::ParameterValue, 'Set the maximum power, in watts')
            [CompletionResult]::new('set-phase-unbalance-limit', 'set-phase-unbalance-limit', [CompletionResultType]::ParameterValue, 'Set the phase power unbalance limit, in watts')
            [CompletionResult]::new('clear-credit', 'clear-credit', [CompletionResultType]::ParameterValue, 'Clear a credit register (water, gas-currency, all and the like)')
            [CompletionResult]::new('set-tariff-rate', 'set-tariff-rate', [CompletionResultType]::ParameterValue, 'Set the tariff rate, 0 to 65535')
            [CompletionResult]::new('set-water-factor', 'set-water-factor', [CompletionResultType]::ParameterValue, 'Set the water meter factor, 0 to 65535')
            [CompletionResult]::new('clear-tamper', 'clear-tamper', [CompletionResultType]::ParameterValue, 'Clear the tamper state')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;token;generate;management;set-maximum-power-limit' {
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'Time of issue, such as 2026-03-25T13:55:00Z [default: now]')
            [CompletionResult]::new('--tid', '--tid', [CompletionResultType]::ParameterName, 'Token identifier itself, in minutes since the base date, even when it was given before')
            [CompletionResult]::new('--rnd', '--rnd', [CompletionResultType]::ParameterName, 'Random number, 0 to 15 [default: random]')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;generate;management;set-phase-unbalance-limit' {
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'Time of issue, such as 2026-03-25T13:55:00Z [default: now]')
            [CompletionResult]::new('--tid', '--tid', [CompletionResultType]::ParameterName, 'Token identifier itself, in minutes since the base date, even when it was given before')
            [CompletionResult]::new('--rnd', '--rnd', [CompletionResultType]::ParameterName, 'Random number, 0 to 15 [default: random]')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;generate;management;clear-credit' {
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'Time of issue, such as 2026-03-25T13:55:00Z [default: now]')
            [CompletionResult]::new('--tid', '--tid', [CompletionResultType]::ParameterName, 'Token identifier itself, in minutes since the base date, even when it was given before')
            [CompletionResult]::new('--rnd', '--rnd', [CompletionResultType]::ParameterName, 'Random number, 0 to 15 [default: random]')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;generate;management;set-tariff-rate' {
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'Time of issue, such as 2026-03-25T13:55:00Z [default: now]')
            [CompletionResult]::new('--tid', '--tid', [CompletionResultType]::ParameterName, 'Token identifier itself, in minutes since the base date, even when it was given before')
            [CompletionResult]::new('--rnd', '--rnd', [CompletionResultType]::ParameterName, 'Random number, 0 to 15 [default: random]')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;generate;management;set-water-factor' {
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'Time of issue, such as 2026-03-25T13:55:00Z [default: now]')
            [CompletionResult]::new('--tid', '--tid', [CompletionResultType]::ParameterName, 'Token identifier itself, in minutes since the base date, even when it was given before')
            [CompletionResult]::new('--rnd', '--rnd', [CompletionResultType]::ParameterName, 'Random number, 0 to 15 [default: random]')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;generate;management;clear-tamper' {
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'Time of issue, such as 2026-03-25T13:55:00Z [default: now]')
            [CompletionResult]::new('--tid', '--tid', [CompletionResultType]::ParameterName, 'Token identifier itself, in minutes since the base date, even when it was given before')
            [CompletionResult]::new('--rnd', '--rnd', [CompletionResultType]::ParameterName, 'Random number, 0 to 15 [default: random]')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;generate;management;help' {
            [CompletionResult]::new('set-maximum-power-limit', 'set-maximum-power-limit', [CompletionResultType]::ParameterValue, 'Set the maximum power, in watts')
            [CompletionResult]::new('set-phase-unbalance-limit', 'set-phase-unbalance-limit', [CompletionResultType]::ParameterValue, 'Set the phase power unbalance limit, in watts')
            [CompletionResult]::new('clear-credit', 'clear-credit', [CompletionResultType]::ParameterValue, 'Clear a credit register (water, gas-currency, all and the like)')
            [CompletionResult]::new('set-tariff-rate', 'set-tariff-rate', [CompletionResultType]::ParameterValue, 'Set the tariff rate, 0 to 65535')
            [CompletionResult]::new('set-water-factor', 'set-water-factor', [CompletionResultType]::ParameterValue, 'Set the water meter factor, 0 to 65535')
            [CompletionResult]::new('clear-tamper', 'clear-tamper', [CompletionResultType]::ParameterValue, 'Clear the tamper state')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;token;generate;management;help;set-maximum-power-limit' {
            break
        }
        'wattkey;token;generate;management;help;set-phase-unbalance-limit' {
            break
        }
        'wattkey;token;generate;management;help;clear-credit' {
            break
        }
        'wattkey;token;generate;management;help;set-tariff-rate' {
            break
        }
        'wattkey;token;generate;management;help;set-water-factor' {
            break
        }
        'wattkey;token;generate;management;help;clear-tamper' {
            break
        }
        'wattkey;token;generate;management;help;help' {
            break
        }
        'wattkey;token;generate;key-change' {
            [CompletionResult]::new('--to-sgc', '--to-sgc', [CompletionResultType]::ParameterName, 'New supply group code')
            [CompletionResult]::new('--to-krn', '--to-krn', [CompletionResultType]::ParameterName, 'New key revision number')
            [CompletionResult]::new('--to-kt', '--to-kt', [CompletionResultType]::ParameterName, 'New key type')
            [CompletionResult]::new('--to-ti', '--to-ti', [CompletionResultType]::ParameterName, 'New tariff index')
            [CompletionResult]::new('--to-dkga', '--to-dkga', [CompletionResultType]::ParameterName, 'Key generation algorithm of the new key')
            [CompletionResult]::new('--to-base-date', '--to-base-date', [CompletionResultType]::ParameterName, 'Base date of the new key')
            [CompletionResult]::new('--to-ken', '--to-ken', [CompletionResultType]::ParameterName, 'Key expiry number [default: that of the new vending key]')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Number of tokens in the set: 2 for EA 07, 4 for EA 11 [default: what the key needs]')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--rollover', '--rollover', [CompletionResultType]::ParameterName, 'Make the meter forget the token identifiers it has taken')
            [CompletionResult]::new('--no-rollover', '--no-rollover', [CompletionResultType]::ParameterName, 'Let the meter keep them even when the base date changes')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;generate;help' {
            [CompletionResult]::new('credit', 'credit', [CompletionResultType]::ParameterValue, 'Make credit tokens')
            [CompletionResult]::new('management', 'management', [CompletionResultType]::ParameterValue, 'Make a token that sets or clears something in the meter')
            [CompletionResult]::new('key-change', 'key-change', [CompletionResultType]::ParameterValue, 'Make the whole set of tokens that bring a meter to another key')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;token;generate;help;credit' {
            break
        }
        'wattkey;token;generate;help;management' {
            [CompletionResult]::new('set-maximum-power-limit', 'set-maximum-power-limit', [CompletionResultType]::ParameterValue, 'Set the maximum power, in watts')
            [CompletionResult]::new('set-phase-unbalance-limit', 'set-phase-unbalance-limit', [CompletionResultType]::ParameterValue, 'Set the phase power unbalance limit, in watts')
            [CompletionResult]::new('clear-credit', 'clear-credit', [CompletionResultType]::ParameterValue, 'Clear a credit register (water, gas-currency, all and the like)')
            [CompletionResult]::new('set-tariff-rate', 'set-tariff-rate', [CompletionResultType]::ParameterValue, 'Set the tariff rate, 0 to 65535')
            [CompletionResult]::new('set-water-factor', 'set-water-factor', [CompletionResultType]::ParameterValue, 'Set the water meter factor, 0 to 65535')
            [CompletionResult]::new('clear-tamper', 'clear-tamper', [CompletionResultType]::ParameterValue, 'Clear the tamper state')
            break
        }
        'wattkey;token;generate;help;management;set-maximum-power-limit' {
            break
        }
        'wattkey;token;generate;help;management;set-phase-unbalance-limit' {
            break
        }
        'wattkey;token;generate;help;management;clear-credit' {
            break
        }
        'wattkey;token;generate;help;management;set-tariff-rate' {
            break
        }
        'wattkey;token;generate;help;management;set-water-factor' {
            break
        }
        'wattkey;token;generate;help;management;clear-tamper' {
            break
        }
        'wattkey;token;generate;help;key-change' {
            break
        }
        'wattkey;token;generate;help;help' {
            break
        }
        'wattkey;token;card' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;token;help' {
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Read tokens: what they are and, with keys, what they carry')
            [CompletionResult]::new('enter', 'enter', [CompletionResultType]::ParameterValue, 'Enter tokens into the meter on the link')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Make a test or display token that needs no key')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make tokens under bench keys')
            [CompletionResult]::new('card', 'card', [CompletionResultType]::ParameterValue, 'Read an STS meter card from its text')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;token;help;decode' {
            break
        }
        'wattkey;token;help;enter' {
            break
        }
        'wattkey;token;help;test' {
            break
        }
        'wattkey;token;help;generate' {
            [CompletionResult]::new('credit', 'credit', [CompletionResultType]::ParameterValue, 'Make credit tokens')
            [CompletionResult]::new('management', 'management', [CompletionResultType]::ParameterValue, 'Make a token that sets or clears something in the meter')
            [CompletionResult]::new('key-change', 'key-change', [CompletionResultType]::ParameterValue, 'Make the whole set of tokens that bring a meter to another key')
            break
        }
        'wattkey;token;help;generate;credit' {
            break
        }
        'wattkey;token;help;generate;management' {
            [CompletionResult]::new('set-maximum-power-limit', 'set-maximum-power-limit', [CompletionResultType]::ParameterValue, 'Set the maximum power, in watts')
            [CompletionResult]::new('set-phase-unbalance-limit', 'set-phase-unbalance-limit', [CompletionResultType]::ParameterValue, 'Set the phase power unbalance limit, in watts')
            [CompletionResult]::new('clear-credit', 'clear-credit', [CompletionResultType]::ParameterValue, 'Clear a credit register (water, gas-currency, all and the like)')
            [CompletionResult]::new('set-tariff-rate', 'set-tariff-rate', [CompletionResultType]::ParameterValue, 'Set the tariff rate, 0 to 65535')
            [CompletionResult]::new('set-water-factor', 'set-water-factor', [CompletionResultType]::ParameterValue, 'Set the water meter factor, 0 to 65535')
            [CompletionResult]::new('clear-tamper', 'clear-tamper', [CompletionResultType]::ParameterValue, 'Clear the tamper state')
            break
        }
        'wattkey;token;help;generate;management;set-maximum-power-limit' {
            break
        }
        'wattkey;token;help;generate;management;set-phase-unbalance-limit' {
            break
        }
        'wattkey;token;help;generate;management;clear-credit' {
            break
        }
        'wattkey;token;help;generate;management;set-tariff-rate' {
            break
        }
        'wattkey;token;help;generate;management;set-water-factor' {
            break
        }
        'wattkey;token;help;generate;management;clear-tamper' {
            break
        }
        'wattkey;token;help;generate;key-change' {
            break
        }
        'wattkey;token;help;card' {
            break
        }
        'wattkey;token;help;help' {
            break
        }
        'wattkey;sim' {
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Where to listen: tcp:HOST:PORT, rfc2217:HOST:PORT or pty:PATH; loopback without a host, any port with 0')
            [CompletionResult]::new('--meters', '--meters', [CompletionResultType]::ParameterName, 'Number of meters, on one line with addresses 1/17, 1/18 and so on')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'Spread the meters over N lines: ports count up, pty paths get .2, .3 and so on')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'Model, see `wattkey sim models` [default: single-phase-keypad]')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change a value of the model, such as lockout.after=3')
            [CompletionResult]::new('--face', '--face', [CompletionResultType]::ParameterName, 'What the meters speak, in turn: dlms, iec62056-21, dlt645 or modbus; + joins several [default: the model''s]')
            [CompletionResult]::new('--baud', '--baud', [CompletionResultType]::ParameterName, 'Let octets take the time they need at this speed in bit/s; without it they take none')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Seed of everything drawn; the meters count up from it')
            [CompletionResult]::new('--speed', '--speed', [CompletionResultType]::ParameterName, 'How much faster than real time passes for the meters')
            [CompletionResult]::new('--clock', '--clock', [CompletionResultType]::ParameterName, 'Time at which fresh meters begin, RFC 3339 [default: now]')
            [CompletionResult]::new('--tamper', '--tamper', [CompletionResultType]::ParameterName, 'Latch a tamper condition: cover-open, terminal-cover-open, magnetic-field or reverse-energy')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Keep the meters in this folder and go on from there the next time')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Faults: drop=1%,corrupt=1%,delay=200ms,late=1%,echo,cut-after=OCTETS,power-cut=1% or power-cut=REQUEST')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'Log every frame, as a trace; - is standard error')
            [CompletionResult]::new('--log-tokens', '--log-tokens', [CompletionResultType]::ParameterName, 'Account for every token a meter accepted, one JSON object a line')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--separate', '--separate', [CompletionResultType]::ParameterName, 'Give each meter a line of its own: ports count up, pty paths get .2, .3 and so on')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Write the key file of simulated meters (bench keys, mode 600)')
            [CompletionResult]::new('credentials', 'credentials', [CompletionResultType]::ParameterValue, 'Write the credentials file of simulated meters (bench keys, mode 600)')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'List the models of simulated meters')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;sim;keys' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the file when it is there')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;sim;credentials' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the file when it is there')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;sim;models' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;sim;help' {
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Write the key file of simulated meters (bench keys, mode 600)')
            [CompletionResult]::new('credentials', 'credentials', [CompletionResultType]::ParameterValue, 'Write the credentials file of simulated meters (bench keys, mode 600)')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'List the models of simulated meters')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;sim;help;keys' {
            break
        }
        'wattkey;sim;help;credentials' {
            break
        }
        'wattkey;sim;help;models' {
            break
        }
        'wattkey;sim;help;help' {
            break
        }
        'wattkey;ports' {
            [CompletionResult]::new('--test', '--test', [CompletionResultType]::ParameterName, 'Check a looped-back port: which speeds come back as sent, and how fast')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show ports without hardware, too')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Go on and show every change, until Ctrl-C')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;profiles' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every profile')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a profile as its file has it')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check profiles for errors and values without a source')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;profiles;list' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;profiles;show' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;profiles;check' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;profiles;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every profile')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a profile as its file has it')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check profiles for errors and values without a source')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;profiles;help;list' {
            break
        }
        'wattkey;profiles;help;show' {
            break
        }
        'wattkey;profiles;help;check' {
            break
        }
        'wattkey;profiles;help;help' {
            break
        }
        'wattkey;bulk' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Do the jobs of a list, a thread a line')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell how far runs are, also while they are at work')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Report on a run: counts, times, causes, certificates')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;bulk;run' {
            [CompletionResult]::new('--run', '--run', [CompletionResultType]::ParameterName, 'Name of the run [default: that of the list''s file]')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Plan of rows that name none')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Go on with these jobs only; may be given again')
            [CompletionResult]::new('--max-failures', '--max-failures', [CompletionResultType]::ParameterName, 'Begin no further job once so many are not done')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'Lines worked on at a time')
            [CompletionResult]::new('--certificates', '--certificates', [CompletionResultType]::ParameterName, 'The utility''s register of STS certificates: CSV or JSON, as `wattkey certificate check` takes it')
            [CompletionResult]::new('--headend', '--headend', [CompletionResultType]::ParameterName, 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section')
            [CompletionResult]::new('--pack-key', '--pack-key', [CompletionResultType]::ParameterName, 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Go on with a run that was begun: all that is not done, save what is in doubt')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read every meter and tell what would be done; write nothing')
            [CompletionResult]::new('--check-only', '--check-only', [CompletionResultType]::ParameterName, 'Check the list and talk to no meter')
            [CompletionResult]::new('--accept-unverified-pack', '--accept-unverified-pack', [CompletionResultType]::ParameterName, 'Take a pack although nobody trusted has signed it, or its signature does not hold')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;bulk;status' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;bulk;report' {
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write the report as one HTML page with charts')
            [CompletionResult]::new('--certificates', '--certificates', [CompletionResultType]::ParameterName, 'Write a certificate for each meter that is done, one sheet each, into one HTML file')
            [CompletionResult]::new('--job', '--job', [CompletionResultType]::ParameterName, 'Only the certificate of this job; may be given again')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;bulk;help' {
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Do the jobs of a list, a thread a line')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell how far runs are, also while they are at work')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Report on a run: counts, times, causes, certificates')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;bulk;help;run' {
            break
        }
        'wattkey;bulk;help;status' {
            break
        }
        'wattkey;bulk;help;report' {
            break
        }
        'wattkey;bulk;help;help' {
            break
        }
        'wattkey;ledger' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the newest rows')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every row of one meter, job or row number')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no row was changed or taken out')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print every row, as --format csv, json or jsonl')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;ledger;list' {
            [CompletionResult]::new('--last', '--last', [CompletionResultType]::ParameterName, 'How many rows')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;ledger;show' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;ledger;verify' {
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'Hash noted from a report; its first 16 digits will do')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;ledger;export' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;ledger;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the newest rows')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every row of one meter, job or row number')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no row was changed or taken out')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print every row, as --format csv, json or jsonl')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;ledger;help;list' {
            break
        }
        'wattkey;ledger;help;show' {
            break
        }
        'wattkey;ledger;help;verify' {
            break
        }
        'wattkey;ledger;help;export' {
            break
        }
        'wattkey;ledger;help;help' {
            break
        }
        'wattkey;kct' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show whether a set is whole and where it leads')
            [CompletionResult]::new('enter', 'enter', [CompletionResultType]::ParameterValue, 'Enter a set section by section and compare what the meter then holds')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Ask the head-end for key-change tokens')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;kct;show' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File with the tokens, one a line, or the head-end''s reply; - is standard input')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;kct;enter' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File with the tokens, one a line, or the head-end''s reply; - is standard input')
            [CompletionResult]::new('--expect-drn', '--expect-drn', [CompletionResultType]::ParameterName, 'Meter number on the slip; another meter gets nothing')
            [CompletionResult]::new('--expect-serial', '--expect-serial', [CompletionResultType]::ParameterName, 'Serial number of the meter that is meant; another gets nothing')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be entered, and send nothing')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;kct;request' {
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('--serial', '--serial', [CompletionResultType]::ParameterName, 'Serial number; a pack finds the meter by it, and with --link another meter is refused')
            [CompletionResult]::new('--headend', '--headend', [CompletionResultType]::ParameterName, 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section')
            [CompletionResult]::new('--pack-key', '--pack-key', [CompletionResultType]::ParameterName, 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated')
            [CompletionResult]::new('--to-sgc', '--to-sgc', [CompletionResultType]::ParameterName, 'Supply group to change to, in the place of the utility''s record')
            [CompletionResult]::new('--to-krn', '--to-krn', [CompletionResultType]::ParameterName, 'Key revision to change to')
            [CompletionResult]::new('--to-ti', '--to-ti', [CompletionResultType]::ParameterName, 'Tariff index to change to')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--accept-unverified-pack', '--accept-unverified-pack', [CompletionResultType]::ParameterName, 'Take a pack although nobody trusted has signed it, or its signature does not hold')
            [CompletionResult]::new('--enter', '--enter', [CompletionResultType]::ParameterName, 'Enter the tokens into the meter on --link at once, as `kct enter` does')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;kct;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show whether a set is whole and where it leads')
            [CompletionResult]::new('enter', 'enter', [CompletionResultType]::ParameterValue, 'Enter a set section by section and compare what the meter then holds')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Ask the head-end for key-change tokens')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;kct;help;show' {
            break
        }
        'wattkey;kct;help;enter' {
            break
        }
        'wattkey;kct;help;request' {
            break
        }
        'wattkey;kct;help;help' {
            break
        }
        'wattkey;commission' {
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Plan: a name from --list-plans, or a file [default: that of the job, else single-phase]')
            [CompletionResult]::new('--job', '--job', [CompletionResultType]::ParameterName, 'File with the job (TOML or JSON): id, serial, drn, vend_code, plan, answer.ID, plan.KEY')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Name of the job in the ledger [default: the meter''s serial number]')
            [CompletionResult]::new('--expect-serial', '--expect-serial', [CompletionResultType]::ParameterName, 'Serial number of the meter that is meant; another gets nothing')
            [CompletionResult]::new('--expect-drn', '--expect-drn', [CompletionResultType]::ParameterName, 'Meter number of the meter that is meant; another gets nothing')
            [CompletionResult]::new('--vend-code', '--vend-code', [CompletionResultType]::ParameterName, 'Code on the job sheet that the head-end checks')
            [CompletionResult]::new('--answer', '--answer', [CompletionResultType]::ParameterName, 'Answer to a question of the plan; may be repeated')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Value in the place of the plan''s, such as power_limit_w=9200; may be repeated')
            [CompletionResult]::new('--certificates', '--certificates', [CompletionResultType]::ParameterName, 'The utility''s register of STS certificates: CSV or JSON, as `wattkey certificate check` takes it')
            [CompletionResult]::new('--credit-token', '--credit-token', [CompletionResultType]::ParameterName, 'First credit token, when it was bought beforehand')
            [CompletionResult]::new('--sheet', '--sheet', [CompletionResultType]::ParameterName, 'Write a certificate of the commissioned meter, one HTML sheet for print, to this file')
            [CompletionResult]::new('--show-plan', '--show-plan', [CompletionResultType]::ParameterName, 'Print a plan, to begin one of your own with')
            [CompletionResult]::new('--headend', '--headend', [CompletionResultType]::ParameterName, 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section')
            [CompletionResult]::new('--pack-key', '--pack-key', [CompletionResultType]::ParameterName, 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--moved', '--moved', [CompletionResultType]::ParameterName, 'The meter was moved here on purpose from where this ledger has it as commissioned')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Read and compare, and show what would be done; write nothing')
            [CompletionResult]::new('--list-plans', '--list-plans', [CompletionResultType]::ParameterName, 'List the plans that come with the program')
            [CompletionResult]::new('--accept-unverified-pack', '--accept-unverified-pack', [CompletionResultType]::ParameterName, 'Take a pack although nobody trusted has signed it, or its signature does not hold')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;headend' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that a vend code belongs to a meter')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Ask for an engineering or test token')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Hand in the result of a job, or what is wrong with a meter')
            [CompletionResult]::new('outbox', 'outbox', [CompletionResultType]::ParameterValue, 'List what waits for the utility')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Hand in what waits')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Make a signed pack of the day''s records, or a key to sign packs with')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;headend;check' {
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('--serial', '--serial', [CompletionResultType]::ParameterName, 'Serial number; a pack finds the meter by it, and with --link another meter is refused')
            [CompletionResult]::new('--headend', '--headend', [CompletionResultType]::ParameterName, 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section')
            [CompletionResult]::new('--pack-key', '--pack-key', [CompletionResultType]::ParameterName, 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--accept-unverified-pack', '--accept-unverified-pack', [CompletionResultType]::ParameterName, 'Take a pack although nobody trusted has signed it, or its signature does not hold')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;headend;tokens' {
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('--serial', '--serial', [CompletionResultType]::ParameterName, 'Serial number; a pack finds the meter by it, and with --link another meter is refused')
            [CompletionResult]::new('--headend', '--headend', [CompletionResultType]::ParameterName, 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section')
            [CompletionResult]::new('--pack-key', '--pack-key', [CompletionResultType]::ParameterName, 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--accept-unverified-pack', '--accept-unverified-pack', [CompletionResultType]::ParameterName, 'Take a pack although nobody trusted has signed it, or its signature does not hold')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;headend;report' {
            [CompletionResult]::new('--job', '--job', [CompletionResultType]::ParameterName, 'Job it belongs to')
            [CompletionResult]::new('--vend-code', '--vend-code', [CompletionResultType]::ParameterName, 'Vend code of the customer')
            [CompletionResult]::new('--text', '--text', [CompletionResultType]::ParameterName, 'In words')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('--serial', '--serial', [CompletionResultType]::ParameterName, 'Serial number; a pack finds the meter by it, and with --link another meter is refused')
            [CompletionResult]::new('--headend', '--headend', [CompletionResultType]::ParameterName, 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section')
            [CompletionResult]::new('--pack-key', '--pack-key', [CompletionResultType]::ParameterName, 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--accept-unverified-pack', '--accept-unverified-pack', [CompletionResultType]::ParameterName, 'Take a pack although nobody trusted has signed it, or its signature does not hold')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;headend;outbox' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Rows that were delivered, too')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;headend;send' {
            [CompletionResult]::new('--headend', '--headend', [CompletionResultType]::ParameterName, 'Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section')
            [CompletionResult]::new('--pack-key', '--pack-key', [CompletionResultType]::ParameterName, 'Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--accept-unverified-pack', '--accept-unverified-pack', [CompletionResultType]::ParameterName, 'Take a pack although nobody trusted has signed it, or its signature does not hold')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;headend;pack' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Pack to write; an existing file is left alone')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Pack to write; an existing file is left alone')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Key to sign with: a file with an Ed25519 key in PEM form')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the pack, such as the crew and the day')
            [CompletionResult]::new('--valid-for', '--valid-for', [CompletionResultType]::ParameterName, 'How long its records hold, from now, such as 12h')
            [CompletionResult]::new('--valid-until', '--valid-until', [CompletionResultType]::ParameterName, 'Until when its records hold, as 2026-11-22T18:00:00Z')
            [CompletionResult]::new('--new-key', '--new-key', [CompletionResultType]::ParameterName, 'Make a key in a new file, and its public half beside it with .pub at the end')
            [CompletionResult]::new('--public-of', '--public-of', [CompletionResultType]::ParameterName, 'Print the public half of a key')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--unsigned', '--unsigned', [CompletionResultType]::ParameterName, 'Leave the pack unsigned; it is then only taken with --accept-unverified-pack')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;headend;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that a vend code belongs to a meter')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Ask for an engineering or test token')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Hand in the result of a job, or what is wrong with a meter')
            [CompletionResult]::new('outbox', 'outbox', [CompletionResultType]::ParameterValue, 'List what waits for the utility')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Hand in what waits')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Make a signed pack of the day''s records, or a key to sign packs with')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;headend;help;check' {
            break
        }
        'wattkey;headend;help;tokens' {
            break
        }
        'wattkey;headend;help;report' {
            break
        }
        'wattkey;headend;help;outbox' {
            break
        }
        'wattkey;headend;help;send' {
            break
        }
        'wattkey;headend;help;pack' {
            break
        }
        'wattkey;headend;help;help' {
            break
        }
        'wattkey;certificate' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check maker, model, certificate number, expiry and supply group')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;certificate;check' {
            [CompletionResult]::new('--certificates', '--certificates', [CompletionResultType]::ParameterName, 'The utility''s register: CSV or JSON')
            [CompletionResult]::new('--maker', '--maker', [CompletionResultType]::ParameterName, 'Maker: name or FLAG letters')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'Model')
            [CompletionResult]::new('--certificate', '--certificate', [CompletionResultType]::ParameterName, 'Certificate number on the label')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;certificate;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check maker, model, certificate number, expiry and supply group')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;certificate;help;check' {
            break
        }
        'wattkey;certificate;help;help' {
            break
        }
        'wattkey;diagnose' {
            [CompletionResult]::new('--meter', '--meter', [CompletionResultType]::ParameterName, 'Saved status of the meter, from `wattkey status --json`')
            [CompletionResult]::new('--result', '--result', [CompletionResultType]::ParameterName, 'The meter''s answer to the token, such as crc-error')
            [CompletionResult]::new('--vendor', '--vendor', [CompletionResultType]::ParameterName, 'Maker of the meter or the utility''s fleet, for --display')
            [CompletionResult]::new('--display', '--display', [CompletionResultType]::ParameterName, 'What the display showed')
            [CompletionResult]::new('--previous', '--previous', [CompletionResultType]::ParameterName, 'Token that this meter took before; may be given more than once')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Time of the diagnosis, RFC 3339; without it the present')
            [CompletionResult]::new('--cross-meter', '--cross-meter', [CompletionResultType]::ParameterName, 'Try the vending keys with this other meter number too; a fit is never more than possible')
            [CompletionResult]::new('--iin', '--iin', [CompletionResultType]::ParameterName, 'Issuer, 600727 or 0000; follows from the DRN')
            [CompletionResult]::new('--drn', '--drn', [CompletionResultType]::ParameterName, 'Meter number, 11 or 13 digits')
            [CompletionResult]::new('--sgc', '--sgc', [CompletionResultType]::ParameterName, 'Supply group code, 6 digits')
            [CompletionResult]::new('--krn', '--krn', [CompletionResultType]::ParameterName, 'Key revision number, 1 to 9')
            [CompletionResult]::new('--kt', '--kt', [CompletionResultType]::ParameterName, 'Key type: 0 initial, 1 default, 2 unique, 3 common')
            [CompletionResult]::new('--ti', '--ti', [CompletionResultType]::ParameterName, 'Tariff index, 0 to 99')
            [CompletionResult]::new('--ea', '--ea', [CompletionResultType]::ParameterName, 'Encryption algorithm: 07 (STA) or 11 (MISTY1)')
            [CompletionResult]::new('--dkga', '--dkga', [CompletionResultType]::ParameterName, 'Decoder key generation algorithm: 02 or 04')
            [CompletionResult]::new('--base-date', '--base-date', [CompletionResultType]::ParameterName, 'Base date of token identifiers: 1993, 2014 or 2035')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--enter', '--enter', [CompletionResultType]::ParameterName, 'Enter the token into the meter on the link, and diagnose its answer')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('requests', 'requests', [CompletionResultType]::ParameterValue, 'List, show or search the service requests of the DCC')
            [CompletionResult]::new('may', 'may', [CompletionResultType]::ParameterValue, 'Tell whether a role may send a service request')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Build, check or send a service request')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Decode DUIS responses and alerts to JSON Lines')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Keep the checklist of an installation')
            [CompletionResult]::new('utrn', 'utrn', [CompletionResultType]::ParameterValue, 'Check a SMETS2 top-up code')
            [CompletionResult]::new('id', 'id', [CompletionResultType]::ParameterValue, 'Check device IDs and meter point numbers')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;requests' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List service requests, all or by role, device or kind')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one service request with the fields of its body')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find service requests, DCC alerts and roles by any name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;requests;list' {
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'Only those this role may send: IS, ES, GS, RSA, ED, GT or OU')
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Only those sent to this device type, as far as public sources tell: ESME, GSME, GPF, CHF, PPMID …')
            [CompletionResult]::new('--reference', '--reference', [CompletionResultType]::ParameterName, 'Only those of this service reference, such as 8.14, or group, such as 8')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--critical', '--critical', [CompletionResultType]::ParameterName, 'Only critical ones, which the sender has to sign')
            [CompletionResult]::new('--dcc-only', '--dcc-only', [CompletionResultType]::ParameterName, 'Only those the DCC answers itself')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;requests;show' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;requests;search' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;requests;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List service requests, all or by role, device or kind')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one service request with the fields of its body')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find service requests, DCC alerts and roles by any name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;requests;help;list' {
            break
        }
        'wattkey;smets;requests;help;show' {
            break
        }
        'wattkey;smets;requests;help;search' {
            break
        }
        'wattkey;smets;requests;help;help' {
            break
        }
        'wattkey;smets;may' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;request' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Build a service request as DUIS XML')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check a service request before it is sent')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send a service request to a DCC adaptor')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;request;build' {
            [CompletionResult]::new('--originator', '--originator', [CompletionResultType]::ParameterName, 'Your device ID as a user of the DCC')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'Device ID the request goes to; for what the DCC answers itself, that of its service')
            [CompletionResult]::new('--counter', '--counter', [CompletionResultType]::ParameterName, 'Counter of the request; without it the next one of this originator')
            [CompletionResult]::new('--command-variant', '--command-variant', [CompletionResultType]::ParameterName, 'Command variant; without it 8, 4 or 1, as the request takes')
            [CompletionResult]::new('--schema-version', '--schema-version', [CompletionResultType]::ParameterName, 'Version of the interface in the root element')
            [CompletionResult]::new('--body', '--body', [CompletionResultType]::ParameterName, 'File with the body element, for one that is too large to be typed')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'File to write; without it the XML goes to standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'File to write; without it the XML goes to standard output')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--skeleton', '--skeleton', [CompletionResultType]::ParameterName, 'Put example values where none are given, each with a remark to replace it')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;request;check' {
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'Role it will be sent under: IS, ES, GS, RSA, ED, GT or OU')
            [CompletionResult]::new('--last-counter', '--last-counter', [CompletionResultType]::ParameterName, 'Highest counter this originator has sent; without it what this program has sent itself')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'List the rules and do nothing else')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;request;send' {
            [CompletionResult]::new('--adaptor', '--adaptor', [CompletionResultType]::ParameterName, 'Address of the adaptor, such as http://localhost:8079')
            [CompletionResult]::new('--sign-command', '--sign-command', [CompletionResultType]::ParameterName, 'Program that signs, with its arguments')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'Role it is sent under, for the check')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;request;help' {
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Build a service request as DUIS XML')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check a service request before it is sent')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send a service request to a DCC adaptor')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;request;help;build' {
            break
        }
        'wattkey;smets;request;help;check' {
            break
        }
        'wattkey;smets;request;help;send' {
            break
        }
        'wattkey;smets;request;help;help' {
            break
        }
        'wattkey;smets;decode' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--payload', '--payload', [CompletionResultType]::ParameterName, 'Show the GBCS message itself too, as hex')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Begin a checklist for the devices of a site')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every step with its state')
            [CompletionResult]::new('next', 'next', [CompletionResultType]::ParameterValue, 'Show the steps that can be done now, and who does them')
            [CompletionResult]::new('done', 'done', [CompletionResultType]::ParameterValue, 'Note a step as done')
            [CompletionResult]::new('fail', 'fail', [CompletionResultType]::ParameterValue, 'Note a step as failed')
            [CompletionResult]::new('skip', 'skip', [CompletionResultType]::ParameterValue, 'Leave a step out, with the reason')
            [CompletionResult]::new('wan', 'wan', [CompletionResultType]::ParameterValue, 'Note whether the hub reaches the DCC')
            [CompletionResult]::new('feed', 'feed', [CompletionResultType]::ParameterValue, 'Note what decoded messages prove')
            [CompletionResult]::new('page', 'page', [CompletionResultType]::ParameterValue, 'Print the checklist as an HTML page')
            [CompletionResult]::new('lights', 'lights', [CompletionResultType]::ParameterValue, 'Show what the lights of a hub mean')
            [CompletionResult]::new('generation', 'generation', [CompletionResultType]::ParameterValue, 'Tell whether a meter is likely SMETS1 or SMETS2')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;install;start' {
            [CompletionResult]::new('--device', '--device', [CompletionResultType]::ParameterName, 'Device of the site, with its ID where it is known; a hub is always there')
            [CompletionResult]::new('--mpxn', '--mpxn', [CompletionResultType]::ParameterName, 'MPAN or MPRN of the site')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a checklist that is already there')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;show' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;next' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;done' {
            [CompletionResult]::new('--evidence', '--evidence', [CompletionResultType]::ParameterName, 'What shows it, or why it failed or is left out')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Note it although steps before it are open')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;fail' {
            [CompletionResult]::new('--evidence', '--evidence', [CompletionResultType]::ParameterName, 'What shows it, or why it failed or is left out')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Note it although steps before it are open')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;skip' {
            [CompletionResult]::new('--evidence', '--evidence', [CompletionResultType]::ParameterName, 'What shows it, or why it failed or is left out')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Note it although steps before it are open')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;wan' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;feed' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;page' {
            [CompletionResult]::new('--lights', '--lights', [CompletionResultType]::ParameterName, 'Table of lights of your own')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;lights' {
            [CompletionResult]::new('--lights', '--lights', [CompletionResultType]::ParameterName, 'Table of your own')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Print the table as a file to edit')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;generation' {
            [CompletionResult]::new('--serial', '--serial', [CompletionResultType]::ParameterName, 'Serial number on the case')
            [CompletionResult]::new('--marking', '--marking', [CompletionResultType]::ParameterName, 'Other marking on the case, such as SM1')
            [CompletionResult]::new('--smets-version', '--smets-version', [CompletionResultType]::ParameterName, 'SMETSCHTSVersion of the inventory')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'CSPRegion of the inventory')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'File the checklist is kept in')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--s1sp', '--s1sp', [CompletionResultType]::ParameterName, 'The inventory has an S1SP field')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;install;help' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Begin a checklist for the devices of a site')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every step with its state')
            [CompletionResult]::new('next', 'next', [CompletionResultType]::ParameterValue, 'Show the steps that can be done now, and who does them')
            [CompletionResult]::new('done', 'done', [CompletionResultType]::ParameterValue, 'Note a step as done')
            [CompletionResult]::new('fail', 'fail', [CompletionResultType]::ParameterValue, 'Note a step as failed')
            [CompletionResult]::new('skip', 'skip', [CompletionResultType]::ParameterValue, 'Leave a step out, with the reason')
            [CompletionResult]::new('wan', 'wan', [CompletionResultType]::ParameterValue, 'Note whether the hub reaches the DCC')
            [CompletionResult]::new('feed', 'feed', [CompletionResultType]::ParameterValue, 'Note what decoded messages prove')
            [CompletionResult]::new('page', 'page', [CompletionResultType]::ParameterValue, 'Print the checklist as an HTML page')
            [CompletionResult]::new('lights', 'lights', [CompletionResultType]::ParameterValue, 'Show what the lights of a hub mean')
            [CompletionResult]::new('generation', 'generation', [CompletionResultType]::ParameterValue, 'Tell whether a meter is likely SMETS1 or SMETS2')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;install;help;start' {
            break
        }
        'wattkey;smets;install;help;show' {
            break
        }
        'wattkey;smets;install;help;next' {
            break
        }
        'wattkey;smets;install;help;done' {
            break
        }
        'wattkey;smets;install;help;fail' {
            break
        }
        'wattkey;smets;install;help;skip' {
            break
        }
        'wattkey;smets;install;help;wan' {
            break
        }
        'wattkey;smets;install;help;feed' {
            break
        }
        'wattkey;smets;install;help;page' {
            break
        }
        'wattkey;smets;install;help;lights' {
            break
        }
        'wattkey;smets;install;help;generation' {
            break
        }
        'wattkey;smets;install;help;help' {
            break
        }
        'wattkey;smets;utrn' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check digit, range, amount and counter bits of a UTRN')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;utrn;check' {
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'Amount in pounds on the receipt, such as 12.34, to narrow the repairs of a typing slip')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;utrn;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check digit, range, amount and counter bits of a UTRN')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;utrn;help;check' {
            break
        }
        'wattkey;smets;utrn;help;help' {
            break
        }
        'wattkey;smets;id' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check EUI-64 device IDs, MPANs and MPRNs')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;id;check' {
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'What they are; without it the shape tells')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;smets;id;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check EUI-64 device IDs, MPANs and MPRNs')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;id;help;check' {
            break
        }
        'wattkey;smets;id;help;help' {
            break
        }
        'wattkey;smets;help' {
            [CompletionResult]::new('requests', 'requests', [CompletionResultType]::ParameterValue, 'List, show or search the service requests of the DCC')
            [CompletionResult]::new('may', 'may', [CompletionResultType]::ParameterValue, 'Tell whether a role may send a service request')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Build, check or send a service request')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Decode DUIS responses and alerts to JSON Lines')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Keep the checklist of an installation')
            [CompletionResult]::new('utrn', 'utrn', [CompletionResultType]::ParameterValue, 'Check a SMETS2 top-up code')
            [CompletionResult]::new('id', 'id', [CompletionResultType]::ParameterValue, 'Check device IDs and meter point numbers')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;smets;help;requests' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List service requests, all or by role, device or kind')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one service request with the fields of its body')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find service requests, DCC alerts and roles by any name')
            break
        }
        'wattkey;smets;help;requests;list' {
            break
        }
        'wattkey;smets;help;requests;show' {
            break
        }
        'wattkey;smets;help;requests;search' {
            break
        }
        'wattkey;smets;help;may' {
            break
        }
        'wattkey;smets;help;request' {
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Build a service request as DUIS XML')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check a service request before it is sent')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send a service request to a DCC adaptor')
            break
        }
        'wattkey;smets;help;request;build' {
            break
        }
        'wattkey;smets;help;request;check' {
            break
        }
        'wattkey;smets;help;request;send' {
            break
        }
        'wattkey;smets;help;decode' {
            break
        }
        'wattkey;smets;help;install' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Begin a checklist for the devices of a site')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every step with its state')
            [CompletionResult]::new('next', 'next', [CompletionResultType]::ParameterValue, 'Show the steps that can be done now, and who does them')
            [CompletionResult]::new('done', 'done', [CompletionResultType]::ParameterValue, 'Note a step as done')
            [CompletionResult]::new('fail', 'fail', [CompletionResultType]::ParameterValue, 'Note a step as failed')
            [CompletionResult]::new('skip', 'skip', [CompletionResultType]::ParameterValue, 'Leave a step out, with the reason')
            [CompletionResult]::new('wan', 'wan', [CompletionResultType]::ParameterValue, 'Note whether the hub reaches the DCC')
            [CompletionResult]::new('feed', 'feed', [CompletionResultType]::ParameterValue, 'Note what decoded messages prove')
            [CompletionResult]::new('page', 'page', [CompletionResultType]::ParameterValue, 'Print the checklist as an HTML page')
            [CompletionResult]::new('lights', 'lights', [CompletionResultType]::ParameterValue, 'Show what the lights of a hub mean')
            [CompletionResult]::new('generation', 'generation', [CompletionResultType]::ParameterValue, 'Tell whether a meter is likely SMETS1 or SMETS2')
            break
        }
        'wattkey;smets;help;install;start' {
            break
        }
        'wattkey;smets;help;install;show' {
            break
        }
        'wattkey;smets;help;install;next' {
            break
        }
        'wattkey;smets;help;install;done' {
            break
        }
        'wattkey;smets;help;install;fail' {
            break
        }
        'wattkey;smets;help;install;skip' {
            break
        }
        'wattkey;smets;help;install;wan' {
            break
        }
        'wattkey;smets;help;install;feed' {
            break
        }
        'wattkey;smets;help;install;page' {
            break
        }
        'wattkey;smets;help;install;lights' {
            break
        }
        'wattkey;smets;help;install;generation' {
            break
        }
        'wattkey;smets;help;utrn' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check digit, range, amount and counter bits of a UTRN')
            break
        }
        'wattkey;smets;help;utrn;check' {
            break
        }
        'wattkey;smets;help;id' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check EUI-64 device IDs, MPANs and MPRNs')
            break
        }
        'wattkey;smets;help;id;check' {
            break
        }
        'wattkey;smets;help;help' {
            break
        }
        'wattkey;explain' {
            [CompletionResult]::new('--vendor', '--vendor', [CompletionResultType]::ParameterName, 'Maker of the meter, or the utility''s fleet; a part of the name is enough')
            [CompletionResult]::new('--model', '--model', [CompletionResultType]::ParameterName, 'Model; a part of the name is enough')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'File with records of your own, besides records.json beside config.toml')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--hex', '--hex', [CompletionResultType]::ParameterName, 'Read a number as hexadecimal')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;keys' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the keys of a file, never their digits')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check fields, repeats, and which keys have run out or soon will')
            [CompletionResult]::new('encrypt', 'encrypt', [CompletionResultType]::ParameterValue, 'Encrypt a key file by passphrase or for age recipients')
            [CompletionResult]::new('decrypt', 'decrypt', [CompletionResultType]::ParameterValue, 'Decrypt a key file for the bench')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;keys;list' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;keys;check' {
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Check as of this moment (RFC 3339) instead of now')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;keys;encrypt' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'New file; without it FILE.age')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'New file; without it FILE.age')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Age public key that may open the file; may be given more than once')
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'Age public key that may open the file; may be given more than once')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the new file if it is already there')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;keys;decrypt' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'New file; without it FILE without its ending .age')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'New file; without it FILE without its ending .age')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the new file if it is already there')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;keys;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the keys of a file, never their digits')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check fields, repeats, and which keys have run out or soon will')
            [CompletionResult]::new('encrypt', 'encrypt', [CompletionResultType]::ParameterValue, 'Encrypt a key file by passphrase or for age recipients')
            [CompletionResult]::new('decrypt', 'decrypt', [CompletionResultType]::ParameterValue, 'Decrypt a key file for the bench')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;keys;help;list' {
            break
        }
        'wattkey;keys;help;check' {
            break
        }
        'wattkey;keys;help;encrypt' {
            break
        }
        'wattkey;keys;help;decrypt' {
            break
        }
        'wattkey;keys;help;help' {
            break
        }
        'wattkey;trace' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show the frames of a trace, layer by layer')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;trace;decode' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;trace;help' {
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show the frames of a trace, layer by layer')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;trace;help;decode' {
            break
        }
        'wattkey;trace;help;help' {
            break
        }
        'wattkey;man' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;completions' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('--link', '--link', [CompletionResultType]::ParameterName, 'Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, sim:NAME, replay:FILE')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol; without it the profile''s, else detected')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Meter profile: a name from `wattkey profiles list`, or a file')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length')
            [CompletionResult]::new('--credentials', '--credentials', [CompletionResultType]::ParameterName, 'File with passwords and keys of the meter''s interface (TOML)')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'File with vending and decoder keys (JSON, or the same encrypted by age)')
            [CompletionResult]::new('--keys-passphrase-file', '--keys-passphrase-file', [CompletionResultType]::ParameterName, 'File that holds the passphrase of an encrypted key file, on its first line')
            [CompletionResult]::new('--keys-identity', '--keys-identity', [CompletionResultType]::ParameterName, 'File with the age identity that opens an encrypted key file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Record every byte on the line, secrets redacted (JSON Lines)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for one reply, such as 5s or 800ms [default: 5s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Repeats of one request [default: 2]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--meter-card', '--meter-card', [CompletionResultType]::ParameterName, 'Meter parameters from an STS meter card, 35 digits or track 2')
            [CompletionResult]::new('--allow-exposed-files', '--allow-exposed-files', [CompletionResultType]::ParameterName, 'Take key and credentials files even when others may read them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Same as --format json')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; a missing answer is an error')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to confirmations; checks still hold')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error, errors excepted')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More notes on standard error; twice for still more')
            [CompletionResult]::new('--print-config', '--print-config', [CompletionResultType]::ParameterName, 'Show every option with its value and where it came from, and do nothing else')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'wattkey;help' {
            [CompletionResult]::new('scan', 'scan', [CompletionResultType]::ParameterValue, 'Find the meters on a link: protocol, speed, address, profile')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what the meter is doing: credit, key, relay, supply, alarms')
            [CompletionResult]::new('read', 'read', [CompletionResultType]::ParameterValue, 'Read single objects by OBIS code, register or data identifier')
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write one object, after showing its old value')
            [CompletionResult]::new('events', 'events', [CompletionResultType]::ParameterValue, 'Read the meter''s event logs')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'Read the load profile')
            [CompletionResult]::new('clock', 'clock', [CompletionResultType]::ParameterValue, 'Show or set the meter''s clock')
            [CompletionResult]::new('relay', 'relay', [CompletionResultType]::ParameterValue, 'Show or switch the supply relay')
            [CompletionResult]::new('monitor', 'monitor', [CompletionResultType]::ParameterValue, 'Watch meters: readings by interval, events, MQTT, demand limit')
            [CompletionResult]::new('limit', 'limit', [CompletionResultType]::ParameterValue, 'Show, set or lift power and demand limits')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Read, make and enter STS tokens')
            [CompletionResult]::new('sim', 'sim', [CompletionResultType]::ParameterValue, 'Simulate meters behind a TCP port, a pseudo-terminal or RFC 2217')
            [CompletionResult]::new('ports', 'ports', [CompletionResultType]::ParameterValue, 'List serial ports, USB first, and whether each can be used')
            [CompletionResult]::new('profiles', 'profiles', [CompletionResultType]::ParameterValue, 'List, show and check meter profiles')
            [CompletionResult]::new('bulk', 'bulk', [CompletionResultType]::ParameterValue, 'Commission many meters from a list, and tell how far a run is')
            [CompletionResult]::new('ledger', 'ledger', [CompletionResultType]::ParameterValue, 'Show and verify what was done to which meter')
            [CompletionResult]::new('kct', 'kct', [CompletionResultType]::ParameterValue, 'Show, enter and ask for sets of key-change tokens')
            [CompletionResult]::new('commission', 'commission', [CompletionResultType]::ParameterValue, 'Commission a meter by a plan: checks, key change, limits, first credit')
            [CompletionResult]::new('headend', 'headend', [CompletionResultType]::ParameterValue, 'Check vend codes, ask the utility for tokens, hand in results')
            [CompletionResult]::new('certificate', 'certificate', [CompletionResultType]::ParameterValue, 'Check STS certificates against the utility''s register')
            [CompletionResult]::new('diagnose', 'diagnose', [CompletionResultType]::ParameterValue, 'Say why a token was refused, and what to do now')
            [CompletionResult]::new('smets', 'smets', [CompletionResultType]::ParameterValue, 'Service requests, alerts, installation and top-up codes of GB meters')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain what a meter shows, a short code, or a code of this program')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'List, check, encrypt and decrypt key files')
            [CompletionResult]::new('trace', 'trace', [CompletionResultType]::ParameterValue, 'Read what was recorded on a line with --trace')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'wattkey;help;scan' {
            break
        }
        'wattkey;help;status' {
            break
        }
        'wattkey;help;read' {
            break
        }
        'wattkey;help;write' {
            break
        }
        'wattkey;help;events' {
            break
        }
        'wattkey;help;profile' {
            break
        }
        'wattkey;help;clock' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the meter''s clock and its drift')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Set the meter''s clock to this machine''s')
            break
        }
        'wattkey;help;clock;show' {
            break
        }
        'wattkey;help;clock;sync' {
            break
        }
        'wattkey;help;relay' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the relay')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Close the relay, or make it ready for closing by hand')
            [CompletionResult]::new('disconnect', 'disconnect', [CompletionResultType]::ParameterValue, 'Open the relay: whoever is behind this meter loses supply')
            break
        }
        'wattkey;help;relay;show' {
            break
        }
        'wattkey;help;relay;connect' {
            break
        }
        'wattkey;help;relay;disconnect' {
            break
        }
        'wattkey;help;monitor' {
            break
        }
        'wattkey;help;limit' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the limits in force')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a limit, after showing the old one')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Lift a limit, after showing the old one')
            break
        }
        'wattkey;help;limit;show' {
            break
        }
        'wattkey;help;limit;set' {
            break
        }
        'wattkey;help;limit;clear' {
            break
        }
        'wattkey;help;token' {
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Read tokens: what they are and, with keys, what they carry')
            [CompletionResult]::new('enter', 'enter', [CompletionResultType]::ParameterValue, 'Enter tokens into the meter on the link')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Make a test or display token that needs no key')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make tokens under bench keys')
            [CompletionResult]::new('card', 'card', [CompletionResultType]::ParameterValue, 'Read an STS meter card from its text')
            break
        }
        'wattkey;help;token;decode' {
            break
        }
        'wattkey;help;token;enter' {
            break
        }
        'wattkey;help;token;test' {
            break
        }
        'wattkey;help;token;generate' {
            [CompletionResult]::new('credit', 'credit', [CompletionResultType]::ParameterValue, 'Make credit tokens')
            [CompletionResult]::new('management', 'management', [CompletionResultType]::ParameterValue, 'Make a token that sets or clears something in the meter')
            [CompletionResult]::new('key-change', 'key-change', [CompletionResultType]::ParameterValue, 'Make the whole set of tokens that bring a meter to another key')
            break
        }
        'wattkey;help;token;generate;credit' {
            break
        }
        'wattkey;help;token;generate;management' {
            [CompletionResult]::new('set-maximum-power-limit', 'set-maximum-power-limit', [CompletionResultType]::ParameterValue, 'Set the maximum power, in watts')
            [CompletionResult]::new('set-phase-unbalance-limit', 'set-phase-unbalance-limit', [CompletionResultType]::ParameterValue, 'Set the phase power unbalance limit, in watts')
            [CompletionResult]::new('clear-credit', 'clear-credit', [CompletionResultType]::ParameterValue, 'Clear a credit register (water, gas-currency, all and the like)')
            [CompletionResult]::new('set-tariff-rate', 'set-tariff-rate', [CompletionResultType]::ParameterValue, 'Set the tariff rate, 0 to 65535')
            [CompletionResult]::new('set-water-factor', 'set-water-factor', [CompletionResultType]::ParameterValue, 'Set the water meter factor, 0 to 65535')
            [CompletionResult]::new('clear-tamper', 'clear-tamper', [CompletionResultType]::ParameterValue, 'Clear the tamper state')
            break
        }
        'wattkey;help;token;generate;management;set-maximum-power-limit' {
            break
        }
        'wattkey;help;token;generate;management;set-phase-unbalance-limit' {
            break
        }
        'wattkey;help;token;generate;management;clear-credit' {
            break
        }
        'wattkey;help;token;generate;management;set-tariff-rate' {
            break
        }
        'wattkey;help;token;generate;management;set-water-factor' {
            break
        }
        'wattkey;help;token;generate;management;clear-tamper' {
            break
        }
        'wattkey;help;token;generate;key-change' {
            break
        }
        'wattkey;help;token;card' {
            break
        }
        'wattkey;help;sim' {
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Write the key file of simulated meters (bench keys, mode 600)')
            [CompletionResult]::new('credentials', 'credentials', [CompletionResultType]::ParameterValue, 'Write the credentials file of simulated meters (bench keys, mode 600)')
            [CompletionResult]::new('models', 'models', [CompletionResultType]::ParameterValue, 'List the models of simulated meters')
            break
        }
        'wattkey;help;sim;keys' {
            break
        }
        'wattkey;help;sim;credentials' {
            break
        }
        'wattkey;help;sim;models' {
            break
        }
        'wattkey;help;ports' {
            break
        }
        'wattkey;help;profiles' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every profile')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a profile as its file has it')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check profiles for errors and values without a source')
            break
        }
        'wattkey;help;profiles;list' {
            break
        }
        'wattkey;help;profiles;show' {
            break
        }
        'wattkey;help;profiles;check' {
            break
        }
        'wattkey;help;bulk' {
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Do the jobs of a list, a thread a line')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell how far runs are, also while they are at work')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Report on a run: counts, times, causes, certificates')
            break
        }
        'wattkey;help;bulk;run' {
            break
        }
        'wattkey;help;bulk;status' {
            break
        }
        'wattkey;help;bulk;report' {
            break
        }
        'wattkey;help;ledger' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the newest rows')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every row of one meter, job or row number')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no row was changed or taken out')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print every row, as --format csv, json or jsonl')
            break
        }
        'wattkey;help;ledger;list' {
            break
        }
        'wattkey;help;ledger;show' {
            break
        }
        'wattkey;help;ledger;verify' {
            break
        }
        'wattkey;help;ledger;export' {
            break
        }
        'wattkey;help;kct' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show whether a set is whole and where it leads')
            [CompletionResult]::new('enter', 'enter', [CompletionResultType]::ParameterValue, 'Enter a set section by section and compare what the meter then holds')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Ask the head-end for key-change tokens')
            break
        }
        'wattkey;help;kct;show' {
            break
        }
        'wattkey;help;kct;enter' {
            break
        }
        'wattkey;help;kct;request' {
            break
        }
        'wattkey;help;commission' {
            break
        }
        'wattkey;help;headend' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that a vend code belongs to a meter')
            [CompletionResult]::new('tokens', 'tokens', [CompletionResultType]::ParameterValue, 'Ask for an engineering or test token')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Hand in the result of a job, or what is wrong with a meter')
            [CompletionResult]::new('outbox', 'outbox', [CompletionResultType]::ParameterValue, 'List what waits for the utility')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Hand in what waits')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Make a signed pack of the day''s records, or a key to sign packs with')
            break
        }
        'wattkey;help;headend;check' {
            break
        }
        'wattkey;help;headend;tokens' {
            break
        }
        'wattkey;help;headend;report' {
            break
        }
        'wattkey;help;headend;outbox' {
            break
        }
        'wattkey;help;headend;send' {
            break
        }
        'wattkey;help;headend;pack' {
            break
        }
        'wattkey;help;certificate' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check maker, model, certificate number, expiry and supply group')
            break
        }
        'wattkey;help;certificate;check' {
            break
        }
        'wattkey;help;diagnose' {
            break
        }
        'wattkey;help;smets' {
            [CompletionResult]::new('requests', 'requests', [CompletionResultType]::ParameterValue, 'List, show or search the service requests of the DCC')
            [CompletionResult]::new('may', 'may', [CompletionResultType]::ParameterValue, 'Tell whether a role may send a service request')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Build, check or send a service request')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Decode DUIS responses and alerts to JSON Lines')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Keep the checklist of an installation')
            [CompletionResult]::new('utrn', 'utrn', [CompletionResultType]::ParameterValue, 'Check a SMETS2 top-up code')
            [CompletionResult]::new('id', 'id', [CompletionResultType]::ParameterValue, 'Check device IDs and meter point numbers')
            break
        }
        'wattkey;help;smets;requests' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List service requests, all or by role, device or kind')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one service request with the fields of its body')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find service requests, DCC alerts and roles by any name')
            break
        }
        'wattkey;help;smets;requests;list' {
            break
        }
        'wattkey;help;smets;requests;show' {
            break
        }
        'wattkey;help;smets;requests;search' {
            break
        }
        'wattkey;help;smets;may' {
            break
        }
        'wattkey;help;smets;request' {
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Build a service request as DUIS XML')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check a service request before it is sent')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send a service request to a DCC adaptor')
            break
        }
        'wattkey;help;smets;request;build' {
            break
        }
        'wattkey;help;smets;request;check' {
            break
        }
        'wattkey;help;smets;request;send' {
            break
        }
        'wattkey;help;smets;decode' {
            break
        }
        'wattkey;help;smets;install' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Begin a checklist for the devices of a site')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every step with its state')
            [CompletionResult]::new('next', 'next', [CompletionResultType]::ParameterValue, 'Show the steps that can be done now, and who does them')
            [CompletionResult]::new('done', 'done', [CompletionResultType]::ParameterValue, 'Note a step as done')
            [CompletionResult]::new('fail', 'fail', [CompletionResultType]::ParameterValue, 'Note a step as failed')
            [CompletionResult]::new('skip', 'skip', [CompletionResultType]::ParameterValue, 'Leave a step out, with the reason')
            [CompletionResult]::new('wan', 'wan', [CompletionResultType]::ParameterValue, 'Note whether the hub reaches the DCC')
            [CompletionResult]::new('feed', 'feed', [CompletionResultType]::ParameterValue, 'Note what decoded messages prove')
            [CompletionResult]::new('page', 'page', [CompletionResultType]::ParameterValue, 'Print the checklist as an HTML page')
            [CompletionResult]::new('lights', 'lights', [CompletionResultType]::ParameterValue, 'Show what the lights of a hub mean')
            [CompletionResult]::new('generation', 'generation', [CompletionResultType]::ParameterValue, 'Tell whether a meter is likely SMETS1 or SMETS2')
            break
        }
        'wattkey;help;smets;install;start' {
            break
        }
        'wattkey;help;smets;install;show' {
            break
        }
        'wattkey;help;smets;install;next' {
            break
        }
        'wattkey;help;smets;install;done' {
            break
        }
        'wattkey;help;smets;install;fail' {
            break
        }
        'wattkey;help;smets;install;skip' {
            break
        }
        'wattkey;help;smets;install;wan' {
            break
        }
        'wattkey;help;smets;install;feed' {
            break
        }
        'wattkey;help;smets;install;page' {
            break
        }
        'wattkey;help;smets;install;lights' {
            break
        }
        'wattkey;help;smets;install;generation' {
            break
        }
        'wattkey;help;smets;utrn' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check digit, range, amount and counter bits of a UTRN')
            break
        }
        'wattkey;help;smets;utrn;check' {
            break
        }
        'wattkey;help;smets;id' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check EUI-64 device IDs, MPANs and MPRNs')
            break
        }
        'wattkey;help;smets;id;check' {
            break
        }
        'wattkey;help;explain' {
            break
        }
        'wattkey;help;keys' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the keys of a file, never their digits')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check fields, repeats, and which keys have run out or soon will')
            [CompletionResult]::new('encrypt', 'encrypt', [CompletionResultType]::ParameterValue, 'Encrypt a key file by passphrase or for age recipients')
            [CompletionResult]::new('decrypt', 'decrypt', [CompletionResultType]::ParameterValue, 'Decrypt a key file for the bench')
            break
        }
        'wattkey;help;keys;list' {
            break
        }
        'wattkey;help;keys;check' {
            break
        }
        'wattkey;help;keys;encrypt' {
            break
        }
        'wattkey;help;keys;decrypt' {
            break
        }
        'wattkey;help;trace' {
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show the frames of a trace, layer by layer')
            break
        }
        'wattkey;help;trace;decode' {
            break
        }
        'wattkey;help;man' {
            break
        }
        'wattkey;help;completions' {
            break
        }
        'wattkey;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
