use super::*;
use crate::link::address::EchoMode;
use crate::link::echo::EchoFilter;
use crate::link::parity::SoftwareParity;

const SECOND: Duration = Duration::from_secs(1);

/// Answers `pong` 200 ms after every `!`.
fn ponger(settings: LineSettings) -> FarClosure<impl FnMut(u8, Moment) -> Vec<FarAction> + Send> {
    FarClosure::new(settings, |byte, _| {
        if byte == b'!' {
            vec![FarAction::Pause(Duration::from_millis(200)), FarAction::Send(b"pong".to_vec())]
        } else {
            Vec::new()
        }
    })
}

fn everything(link: &mut dyn Link, within: Duration) -> Vec<u8> {
    let until = link.now() + within;
    let mut all = Vec::new();
    let mut buffer = [0; 16];
    while let Ok(count) = link.receive(&mut buffer, until) {
        all.extend_from_slice(&buffer[..count]);
    }
    all
}

#[test]
fn time_is_what_the_characters_take() {
    let mut line = MemoryLine::new(ponger(LineSettings::seven_even_one(300)));
    line.send(b"ping!\r").unwrap();
    assert_eq!(line.now().as_millis(), 200);
    let mut buffer = [0; 8];
    assert_eq!(line.receive(&mut buffer, SECOND), Ok(1));
    // `!` ended at 166.7 ms, 200 ms reaction, one character of 33.3 ms.
    assert_eq!(line.now().as_millis(), 400);
    assert_eq!(everything(&mut line, SECOND), b"ong");
}

#[test]
fn a_mute_line_times_out_at_the_deadline_and_not_before() {
    let mut line = MemoryLine::new(FarClosure::new(LineSettings::eight_none_one(9600), |_, _| Vec::new()));
    line.send(b"x").unwrap();
    let begun = line.now();
    assert_eq!(line.receive(&mut [0; 4], begun + SECOND), Err(LinkError::Timeout(SECOND)));
    assert_eq!(line.now(), begun + SECOND);
}

#[test]
fn bytes_that_come_before_a_change_of_settings_are_kept() {
    let mut line = MemoryLine::new(ponger(LineSettings::seven_even_one(300)));
    line.send(b"!").unwrap();
    line.pause(SECOND).unwrap();
    line.configure(LineSettings::seven_even_one(9600)).unwrap();
    assert_eq!(everything(&mut line, SECOND), b"pong");
}

#[test]
fn a_wrong_speed_is_heard_as_rubbish() {
    let mut line = MemoryLine::new(ponger(LineSettings::seven_even_one(300)));
    line.send(b"!").unwrap();
    line.configure(LineSettings::seven_even_one(9600)).unwrap();
    let heard = everything(&mut line, SECOND);
    assert_eq!(heard.len(), 4);
    assert_ne!(heard, b"pong");
}

#[test]
fn software_parity_speaks_to_a_seven_bit_meter_over_an_eight_bit_line() {
    let mut line = MemoryLine::new(ponger(LineSettings::seven_even_one(300)));
    line.configure(LineSettings::eight_none_one(300)).unwrap();
    let mut link = SoftwareParity::new(line, LineSettings::seven_even_one(300)).unwrap();
    link.send(b"ping!").unwrap();
    assert_eq!(everything(&mut link, SECOND), b"pong");
    assert_eq!(link.settings(), Some(LineSettings::seven_even_one(300)));
}

#[test]
fn an_echo_is_found_and_taken_out() {
    for mode in [EchoMode::Auto, EchoMode::Strip] {
        let line = MemoryLine::new(ponger(LineSettings::eight_none_one(9600)))
            .with_faults(LineFaults { echo: true, ..LineFaults::default() });
        let mut link = EchoFilter::new(line, mode);
        for _ in 0..3 {
            link.send(b"ping!").unwrap();
            assert_eq!(everything(&mut link, SECOND), b"pong");
        }
        assert_eq!(link.echo(), Some(true));
    }
}

#[test]
fn an_echo_and_no_answer_is_a_silent_meter() {
    let silent = FarClosure::new(LineSettings::eight_none_one(9600), |_, _| Vec::new());
    let line = MemoryLine::new(silent).with_faults(LineFaults { echo: true, ..LineFaults::default() });
    let mut link = EchoFilter::new(line, EchoMode::Auto);
    link.send(b"ping!").unwrap();
    assert!(matches!(link.receive(&mut [0; 8], SECOND), Err(LinkError::Timeout(_))));
    assert_eq!(link.echo(), Some(true));
}

#[test]
fn a_meter_that_repeats_the_request_later_is_heard() {
    let mut exchange = 0;
    let far = FarClosure::new(LineSettings::eight_none_one(9600), move |byte, _| {
        if byte != b'!' {
            return Vec::new();
        }
        exchange += 1;
        vec![FarAction::Send(if exchange == 1 { b"hello".to_vec() } else { b"again!".to_vec() })]
    });
    let mut link = EchoFilter::new(MemoryLine::new(far), EchoMode::Auto);
    link.send(b"he!").unwrap();
    assert_eq!(everything(&mut link, SECOND), b"hello", "a common beginning is no echo");
    assert_eq!(link.echo(), Some(false));
    link.send(b"again!").unwrap();
    assert_eq!(everything(&mut link, SECOND), b"again!");
}

#[test]
fn half_an_echo_before_silence_is_handed_on_while_undecided() {
    let far = FarClosure::new(LineSettings::eight_none_one(9600), |byte, _| {
        if byte == b'!' { vec![FarAction::Send(b"pi".to_vec())] } else { Vec::new() }
    });
    let mut link = EchoFilter::new(MemoryLine::new(far), EchoMode::Auto);
    link.send(b"ping!").unwrap();
    assert_eq!(everything(&mut link, SECOND), b"pi");
}

#[test]
fn a_cut_line_is_closed_and_a_dead_one_is_silent() {
    let cut = LineFaults { cut_after: Some(3), ..LineFaults::default() };
    let mut line = MemoryLine::new(ponger(LineSettings::eight_none_one(9600))).with_faults(cut);
    line.send(b"!").unwrap();
    assert_eq!(line.receive(&mut [0; 2], SECOND), Ok(1));
    assert_eq!(line.receive(&mut [0; 2], SECOND), Ok(1));
    assert_eq!(line.receive(&mut [0; 2], SECOND), Err(LinkError::Closed));
    assert_eq!(line.send(b"x"), Err(LinkError::Closed));

    let dead = LineFaults { dead_after: Some(3), ..LineFaults::default() };
    let mut line = MemoryLine::new(ponger(LineSettings::eight_none_one(9600))).with_faults(dead);
    line.send(b"!").unwrap();
    assert_eq!(everything(&mut line, SECOND), b"po");
}

#[test]
fn noise_is_the_same_for_the_same_seed() {
    let run = |seed| {
        let faults = LineFaults { flipped_per_10_000: 2000, lost_per_10_000: 1000, seed, ..LineFaults::default() };
        let mut line = MemoryLine::new(ponger(LineSettings::eight_none_one(9600))).with_faults(faults);
        line.send(b"!!!!!!!!!!").unwrap();
        everything(&mut line, SECOND)
    };
    assert_eq!(run(5), run(5));
    assert_ne!(run(5), run(6));
}

#[test]
fn every_station_hears_and_the_addressed_one_answers() {
    let station = |name: u8| {
        Box::new(FarClosure::new(LineSettings::eight_none_one(9600), move |byte, _| {
            if byte == name { vec![FarAction::Send(vec![name.to_ascii_uppercase()])] } else { Vec::new() }
        })) as Box<dyn FarEnd>
    };
    let mut line = MemoryLine::with_stations(vec![station(b'a'), station(b'b')]);
    line.send(b"b").unwrap();
    assert_eq!(everything(&mut line, SECOND), b"B");
    line.send(b"a").unwrap();
    assert_eq!(everything(&mut line, SECOND), b"A");
}

#[test]
fn drain_ends_after_silence_and_at_the_latest_when_told() {
    let mut line = MemoryLine::new(ponger(LineSettings::eight_none_one(9600)));
    line.disturb(b"AT\r");
    let begun = line.now();
    assert_eq!(line.drain(Duration::from_millis(50), begun + SECOND), Ok(3));
    assert!(line.now() < begun + SECOND);
    line.disturb(&[0x55; 2000]);
    let begun = line.now();
    line.drain(Duration::from_millis(50), begun + SECOND).unwrap();
    assert_eq!(line.now(), begun + SECOND);
}

#[test]
fn an_insisting_user_ends_every_wait() {
    let interrupt = Interrupt::new();
    let far = ponger(LineSettings::eight_none_one(9600));
    let mut line = MemoryLine::new(far).with_interrupt(interrupt.clone());
    interrupt.raise();
    assert!(line.stop_requested());
    line.send(b"!").unwrap();
    assert_eq!(everything(&mut line, SECOND), b"pong", "the exchange under way is finished");
    interrupt.raise();
    assert_eq!(line.send(b"!"), Err(LinkError::Interrupted));
    assert_eq!(line.receive(&mut [0; 4], SECOND), Err(LinkError::Interrupted));
}
