//! The stable code words of every error the program can report, and the exit code each leads to.
//!
//! Modules keep their own `thiserror` enums and give each variant a [`Code`]; hints for the user are
//! attached in `cli`. `wattkey explain` reads [`Code::ALL`].

/// Process exit codes, as promised to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Done, and the answer is no: token refused, check failed, differences found.
    AnswerNo = 1,
    /// Usage or configuration.
    Usage = 2,
    /// Port: absent, busy, no permission.
    Port = 3,
    /// No reply.
    NoReply = 4,
    /// Garbled or unexpected reply.
    Garbled = 5,
    /// Authentication or key.
    Authentication = 6,
    /// The meter refused the operation.
    MeterRefused = 7,
    /// Stopped for safety: wrong meter, confirmation missing, outcome unknown.
    Safety = 8,
    /// Bulk finished, some meters failed.
    BulkFailures = 9,
    /// Internal error.
    Internal = 70,
    /// Interrupted.
    Interrupted = 130,
}

impl Exit {
    /// Every exit code, in numeric order.
    pub const ALL: [Exit; 12] = [
        Exit::Done,
        Exit::AnswerNo,
        Exit::Usage,
        Exit::Port,
        Exit::NoReply,
        Exit::Garbled,
        Exit::Authentication,
        Exit::MeterRefused,
        Exit::Safety,
        Exit::BulkFailures,
        Exit::Internal,
        Exit::Interrupted,
    ];

    /// The number the process ends with.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// One line for `explain` and the manual.
    pub const fn meaning(self) -> &'static str {
        match self {
            Exit::Done => "done",
            Exit::AnswerNo => "done, and the answer is no: token refused, check failed, differences found",
            Exit::Usage => "usage or configuration",
            Exit::Port => "port absent, busy or not permitted",
            Exit::NoReply => "no reply from the meter",
            Exit::Garbled => "garbled or unexpected reply",
            Exit::Authentication => "authentication or key",
            Exit::MeterRefused => "the meter refused the operation",
            Exit::Safety => "stopped for safety: wrong meter, confirmation missing, or outcome unknown",
            Exit::BulkFailures => "bulk run finished, some meters failed",
            Exit::Internal => "internal error",
            Exit::Interrupted => "interrupted",
        }
    }
}

macro_rules! codes {
    ($($name:ident $word:literal $exit:ident $meaning:literal $remedy:literal;)*) => {
        /// A stable code word for one kind of error.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The word scripts see in `error.code`.
            pub const fn word(self) -> &'static str {
                match self { $(Code::$name => $word,)* }
            }

            /// The exit code this error leads to.
            pub const fn exit(self) -> Exit {
                match self { $(Code::$name => Exit::$exit,)* }
            }

            /// What the code means, in one sentence fragment.
            pub const fn meaning(self) -> &'static str {
                match self { $(Code::$name => $meaning,)* }
            }

            /// What to do about it, in one sentence.
            pub const fn remedy(self) -> &'static str {
                match self { $(Code::$name => $remedy,)* }
            }
        }
    };
}

codes! {
    Usage "usage" Usage "the command line cannot be understood" "Read the message, then `wattkey COMMAND --help`.";
    BadValue "bad-value" Usage "a field has a value outside what it may hold" "Correct the value the message names.";
    Config "config" Usage "the configuration file cannot be used" "Correct the line the message names, or point WATTKEY_CONFIG at another file.";
    Profile "profile" Usage "a meter profile cannot be used" "List profiles with `wattkey profiles list`; `wattkey profiles check` says what is wrong.";
    File "file" Usage "a file cannot be read or written" "Check the path and its permissions.";
    NotSupported "not-supported" Usage "the tool does not do this, for a stated reason" "`wattkey COMMAND --help` shows what it does.";
    MissingAnswer "missing-answer" Usage "a question needs an answer and there is no terminal to ask at" "Give the option the message names.";
    PortAbsent "port-absent" Port "the port does not exist" "`wattkey ports` lists ports; check the cable, or the host and its port.";
    PortBusy "port-busy" Port "another program holds the port" "Close the program that holds it, then try again.";
    PortPermission "port-permission" Port "the port may not be opened by this user" "Join the group that owns the device, then log in again.";
    PortFault "port-fault" Port "the port failed while it was in use" "Check the cable and the adapter, then try again.";
    NoReply "no-reply" NoReply "the meter did not answer in time" "Check the head, the speed and the address; `wattkey scan` tries the usual ones.";
    ConnectionLost "connection-lost" NoReply "the line was closed while a reply was due" "Check the cable or network, then try again.";
    Garbled "garbled" Garbled "what came back is damaged or not in the protocol" "Check head alignment, speed and parity; record with --trace.";
    Unexpected "unexpected-reply" Garbled "the reply is well formed but does not fit the question" "Record with --trace and check the profile.";
    OtherMeter "other-meter-answered" Garbled "another meter answered than the one asked" "Check the addresses on the line, and that no other master asks on it.";
    Collision "address-collision" Garbled "two meters on the line answer at one address" "Disconnect one of them and give it another address; `wattkey scan` lists them.";
    LateReply "late-reply" Garbled "answers come after their time" "Give a longer --timeout.";
    ReplayMismatch "replay-mismatch" Garbled "what was sent differs from the recorded trace" "Run the same command the trace was recorded with.";
    Authentication "authentication" Authentication "the meter rejected the credentials" "Check the password or keys in the credentials file.";
    KeyFile "key-file" Authentication "the key file cannot be used" "Correct the field the message names.";
    KeyFileExposed "key-file-exposed" Authentication "others may read or change the secret file" "Run `chmod 600` on it, or encrypt it with `wattkey keys encrypt`.";
    KeyFileSealed "key-file-sealed" Authentication "the encrypted file does not open" "Give its passphrase at the prompt or by --keys-passphrase-file, or its identity by --keys-identity.";
    KeyMissing "key-missing" Authentication "no key at hand fits" "Add the vending or decoder key to the key file.";
    Decryption "decryption" Authentication "the reply does not decrypt under the key" "Check the encryption and authentication keys of this meter.";
    CredentialsMissing "credentials-missing" Authentication "the meter wants a password or keys that are not at hand" "Give them in a file with --credentials.";
    NotOffered "not-offered" MeterRefused "the meter has no object for this" "`wattkey status` shows what it offers; another client may see more.";
    CounterFarAhead "counter-far-ahead" Safety "the meter's invocation counter is implausibly high" "Make sure it is the right meter, then repeat with --yes.";
    MeterRefused "meter-refused" MeterRefused "the meter refused the operation" "The message carries the meter's reason.";
    WrongMeter "wrong-meter" Safety "this is not the meter that was meant" "Go to the meter named, or correct the expected number.";
    NotConfirmed "not-confirmed" Safety "the operation was not confirmed" "Repeat with --yes when you are sure.";
    TimeZone "time-zone" Safety "the clock is whole half hours off, which is a time zone and no drift" "Give the meter's offset with --utc-offset; if it is to be set all the same, add --accept-offset.";
    StoreUnreachable "store-unreachable" Port "the store of work orders does not answer" "Check the network and the name of the store; work in the field goes on without it, and `wattkey orders sync` catches up later.";
    StoreRefused "store-refused" Authentication "the store of work orders does not let this user do that" "Check user, password file and certificates; the database's administrator grants the roles of docs/orders.md.";
    StoreNewer "store-newer" Safety "the store of work orders was made by a later version of this program" "Install the version the office uses.";
    StoreContent "store-content" Garbled "the store of work orders holds something this program did not write" "Run `wattkey orders verify`, and show its result to the database's administrator.";
    NotEnrolled "not-enrolled" Usage "this device is not enrolled with the store of work orders" "Run `wattkey orders register --crew NAME`.";
    DeviceRevoked "device-revoked" Authentication "the office has revoked this device" "Ask the office; `wattkey orders register` enrols a device anew.";
    ChainBroken "chain-broken" AnswerNo "the rows of a device do not follow one another" "Nothing was changed in the store: ask the office before going on; docs/orders.md tells what to do with a restored laptop.";
    OrderConflict "order-conflict" AnswerNo "the state of a work order stands against this" "`wattkey orders status` and `wattkey orders conflicts` show how it stands.";
    OrderUntrusted "order-untrusted" Authentication "an order file is not the office's, or is made for another device" "Take the orders anew with `wattkey orders take` on this device.";
    OutcomeUnrecorded "outcome-unrecorded" Safety "the meter answered, and the ledger could not record it" "Free room on the disk, then run the same command again: it reads the meter before it sends anything.";
    OutcomeUnknown "outcome-unknown" Safety "it cannot be told whether the meter acted" "Read the meter before doing anything else.";
    LabOnly "lab-only" Safety "this is for bench keys only" "Use a key file marked \"lab\": true.";
    Unsafe "unsafe" Safety "going on could do harm" "Mend what the message names, then run the command again.";
    StateFolder "state-folder" Usage "the state folder cannot be used, or is not this user's alone" "Set WATTKEY_STATE_DIR to a folder of your own on a disk of this machine.";
    Ledger "ledger" Safety "the ledger or the counters beside it cannot be used" "Check the disk and the state folder, then run the same command again: it reads the meter before it sends anything.";
    Pack "pack" Authentication "the head-end's pack is not what it should be, or its signature does not hold" "Get the pack again from the depot; `wattkey headend pack --help` tells how packs are signed.";
    Certificate "certificate" Authentication "a certificate or key cannot be used for the connection to the head-end" "The message names the file; `docs/headend.md` tells which kinds are taken.";
    HeadEndSilent "head-end-silent" NoReply "the head-end is not reached, or did not answer in time" "Check the network and the address, then try again.";
    HeadEndGarbled "head-end-garbled" Garbled "what the head-end sent is no answer to the question" "Check that address and kind are those of the head-end.";
    Outbox "outbox" Safety "the outbox of the head-end cannot be used" "Check the disk and the state folder; nothing is asked for without it.";
    Internal "internal" Internal "a fault in the program itself" "Report it with the message and the command line.";
    Interrupted "interrupted" Interrupted "stopped by the user" "Nothing to do.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn words_are_unique_and_kebab_case() {
        let mut seen = HashSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.word()), "{} twice", code.word());
            assert!(code.word().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", code.word());
        }
    }
}
