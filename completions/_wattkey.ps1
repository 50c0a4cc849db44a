
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
            [CompletionResult]::new('profiles', 'profiles', [CompletionResultType]::ParameterValue, 'List, show and check meter profiles')
            [CompletionResult]::new('ledger', 'ledger', [CompletionResultType]::ParameterValue, 'Show and verify what was done to which meter')
            [CompletionResult]::new('diagnose', 'diagnose', [CompletionResultType]::ParameterValue, 'Say why a token was refused, and what to do now')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain what a meter shows, a short code, or a code of this program')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'List, check, encrypt and decrypt key files')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
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
        'wattkey;diagnose' {
            [CompletionResult]::new('--meter', '--meter', [CompletionResultType]::ParameterName, 'Saved status of the meter, from `wattkey status --json`')
            [CompletionResult]::new('--result', '--result', [CompletionResultType]::ParameterName, 'The meter''s answer to the token, such as crc-error')
            [CompletionResult]::new('--vendor', '--vendor', [CompletionResultType]::ParameterName, 'Maker of the meter or the utility''s fleet, for --display')
            [CompletionResult]::new('--display', '--display', [CompletionResultType]::ParameterName, 'What the display showed')
            [CompletionResult]::new('--previous', '--previous', [CompletionResultType]::ParameterName, 'Token that this meter took before; may be given more than once')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Time of the diagnosis, RFC 3339; without it the present')
            [CompletionResult]::new('--cross-meter', '--cross-meter', [CompletionResultType]::ParameterName, 'Try the vending keys with this other meter number too; a fit is never more than possible')
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
            [CompletionResult]::new('profiles', 'profiles', [CompletionResultType]::ParameterValue, 'List, show and check meter profiles')
            [CompletionResult]::new('ledger', 'ledger', [CompletionResultType]::ParameterValue, 'Show and verify what was done to which meter')
            [CompletionResult]::new('diagnose', 'diagnose', [CompletionResultType]::ParameterValue, 'Say why a token was refused, and what to do now')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain what a meter shows, a short code, or a code of this program')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'List, check, encrypt and decrypt key files')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
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
        'wattkey;help;diagnose' {
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
