//! Batches: one outcome for each request, whatever comes and whatever does not.

use super::*;

const ROOM: Room = Room::of_buffers(1 << 20, 1 << 22);

fn request(flags: MessageFlags) -> Vec<u8> {
    // 21 bytes: what follows has to be padded.
    let header = MessageHeader { len: 21, kind: 24, flags, ..MessageHeader::default() };
    [&header.to_bytes()[..], &[7; 5]].concat()
}

fn window(count: usize, acks: Acks) -> Window {
    let mut window = Window::new(ROOM, acks);
    (0..count).for_each(|_| window.push(&request(MessageFlags::REQUEST)));
    window
}

fn enclosed(count: usize, acks: Acks) -> Window {
    let mut window = Window::new(ROOM, acks);
    window.enclose(&message(16, 1, 0, &[0; 4]), message(17, 1, 0, &[0; 4]));
    (0..count).for_each(|_| window.push(&request(MessageFlags::REQUEST)));
    window
}

fn started(window: Window) -> (Exchange, u32, Instant) {
    let (mut exchange, now) = exchange();
    let first = exchange.start_window(window, Some(Duration::from_secs(1)), now);
    (exchange, first, now)
}

/// The failures of a window, in words.
fn told(window: &mut Window) -> Vec<String> {
    let tell = |(index, outcome): (Option<usize>, Outcome)| match index {
        Some(index) => format!("{index}: {}", tell_outcome(&outcome)),
        None => format!("all: {}", tell_outcome(&outcome)),
    };
    window.take_outcomes().map(tell).collect()
}

/// Number and flags of each message that would be sent.
fn sent(window: &Window) -> Vec<(u32, u16)> {
    let messages = crate::wire::Messages::new(window.bytes()).map(|message| message.unwrap().header());
    messages.map(|header| (header.seq, header.flags.bits())).collect()
}

#[test]
fn the_last_alone_is_acknowledged_and_silence_about_the_others_is_success() {
    for count in [1, 63, 64, 65, 1000] {
        let (mut exchange, first, now) = started(window(count, Acks::Last));
        let last = first + count as u32 - 1;
        let mut expected: Vec<(u32, u16)> = (first..last).map(|seq| (seq, 1)).collect();
        expected.push((last, 5));
        assert_eq!(sent(exchange.window(first).unwrap()), expected);
        assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, last, &[]), now), [format!("{first} completed")]);
        let mut window = exchange.take_window(first).unwrap();
        assert_eq!((window.len(), told(&mut window).len(), window.unknown().count()), (count, 0, 0));
        assert!(exchange.take_window(first).is_none() && exchange.deadline().is_none());
    }
}

#[test]
fn an_empty_window_is_over_at_once() {
    for window in [window(0, Acks::Last), window(0, Acks::Each), enclosed(0, Acks::Last)] {
        let (mut exchange, first, now) = started(window);
        assert_eq!(exchange.poll(now).unwrap().seq, first);
        assert_eq!(exchange.take_window(first).unwrap().len(), 0);
    }
}

#[test]
fn each_that_fails_has_its_own_refusal_with_the_bytes_that_were_sent() {
    for acks in [Acks::Last, Acks::Each] {
        for count in [1, 63, 64, 65, 1000_u32] {
            let (mut exchange, first, now) = started(window(count as usize, acks));
            for at in 0..count {
                let over = feed(&mut exchange, KERNEL, &error(-17, 0x100, first + at, &[]), now);
                assert_eq!(over.len(), usize::from(at + 1 == count), "{at} of {count}");
            }
            let mut window = exchange.take_window(first).unwrap();
            let outcomes: Vec<_> = window.take_outcomes().collect();
            assert_eq!(outcomes.len(), count as usize);
            for (at, (index, outcome)) in outcomes.iter().enumerate() {
                let Outcome::Refused(refused) = outcome else { panic!("{outcome:?}") };
                assert_eq!((*index, refused.errno()), (Some(at), Errno::EXIST));
                assert_eq!((refused.request().len(), &refused.request()[16..]), (21, &[7; 5][..]));
                assert_eq!(refused.request()[8..12], (first + at as u32).to_ne_bytes());
            }
        }
    }
}

#[test]
fn where_each_is_acknowledged_order_does_not_matter_and_remarks_are_kept() {
    let (mut exchange, first, now) = started(window(4, Acks::Each));
    assert!(sent(exchange.window(first).unwrap()).iter().all(|(_, flags)| *flags == 5));
    for (at, errno, attrs) in [(3, 0, attr(1, b"hm\0")), (0, -1, vec![]), (2, 0, vec![]), (2, -2, vec![])] {
        assert!(feed(&mut exchange, KERNEL, &error(errno, 0x300, first + at, &attrs), now).is_empty());
    }
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, first + 1, &[]), now), ["1 completed"]);
    let mut window = exchange.take_window(first).unwrap();
    assert_eq!(told(&mut window), ["0: Operation not permitted (EPERM)"]);
    let remarks: Vec<_> = window.take_remarks().collect();
    assert_eq!((remarks.len(), remarks[0].0, remarks[0].1.message.as_deref()), (1, 3, Some("hm")));
}

#[test]
fn trap_19_a_lost_answer_says_nothing_about_the_request() {
    // Refused, then an overrun: the rest is unknown, each by itself.
    let (mut exchange, first, now) = started(window(3, Acks::Last));
    feed(&mut exchange, KERNEL, &error(-17, 0x100, first + 1, &[]), now);
    exchange.overrun();
    assert!(exchange.drained());
    assert!(matches!(exchange.poll(now), Some(Finished { seq: 1, outcome: Outcome::Overrun })));
    let mut window = exchange.take_window(first).unwrap();
    assert_eq!(told(&mut window), ["0: overrun", "1: File exists (EEXIST)", "2: overrun"]);

    // Where each is acknowledged, those are known that were.
    let (mut exchange, first, now) = started(self::window(3, Acks::Each));
    feed(&mut exchange, KERNEL, &error(0, 0x100, first + 1, &[]), now);
    exchange.overrun();
    exchange.drained();
    assert_eq!(told(&mut exchange.take_window(first).unwrap()), ["0: overrun", "2: overrun"]);
}

#[test]
fn trap_12_damage_makes_silence_worthless() {
    let (mut exchange, first, now) = started(window(3, Acks::Last));
    let envelope = Envelope { truncated: Some(100_000), ..KERNEL };
    assert_eq!(feed(&mut exchange, envelope, &[0; 8], now), ["truncated 100000 of Some(1)"]);
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, first + 2, &[]), now), ["1 completed"]);
    assert_eq!(told(&mut exchange.take_window(first).unwrap()), ["0: overrun", "1: overrun"]);
    // To a group, it cannot have been an answer.
    let (mut exchange, first, now) = started(window(3, Acks::Last));
    feed(&mut exchange, Envelope { group: 1, ..envelope }, &[0; 8], now);
    feed(&mut exchange, KERNEL, &error(0, 0x100, first + 2, &[]), now);
    assert!(told(&mut exchange.take_window(first).unwrap()).is_empty());
}

#[test]
fn trap_29_time_ends_it_and_late_answers_are_thrown_away() {
    let (mut exchange, first, now) = started(window(2, Acks::Last));
    let later = exchange.deadline().unwrap();
    assert_eq!(later, now + Duration::from_secs(1));
    assert!(exchange.poll(now).is_none());
    assert!(matches!(exchange.poll(later), Some(Finished { seq: 1, outcome: Outcome::TimedOut })));
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, first + 1, &[]), later), ["unmatched"]);
    assert_eq!(told(&mut exchange.take_window(first).unwrap()), ["0: timed out", "1: timed out"]);
    assert_eq!(exchange.counters().late, 1);
}

#[test]
fn a_window_given_up_early_says_of_which_nothing_is_known() {
    let (mut exchange, first, now) = started(window(3, Acks::Each));
    feed(&mut exchange, KERNEL, &error(0, 0x100, first + 1, &[]), now);
    let mut window = exchange.take_window(first).unwrap();
    assert_eq!(window.unknown().collect::<Vec<_>>(), [0, 2]);
    window.clear();
    assert!(window.is_empty() && window.bytes().is_empty() && window.unknown().next().is_none());
}

#[test]
fn trap_10_notifications_and_replies_do_not_answer() {
    let (mut exchange, first, now) = started(window(2, Acks::Last));
    let event = message(24, 0, first + 1, &[0; 12]);
    assert_eq!(feed(&mut exchange, Envelope { group: 7, ..KERNEL }, &event, now), ["notification 7"]);
    assert_eq!(feed(&mut exchange, KERNEL, &event, now), ["reply 2"]);
    assert!(feed(&mut exchange, Envelope { sender: 5, ..KERNEL }, &error(0, 0x100, first + 1, &[]), now).is_empty());
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, first + 1, &[]), now), ["1 completed"]);
}

#[test]
fn trap_09_numbers_are_in_a_row_never_0_and_never_taken() {
    let (mut exchange, now) = exchange();
    exchange.set_next_seq(u32::MAX - 5);
    assert_eq!(exchange.start_window(window(10, Acks::Last), None, now), 1);
    exchange.set_next_seq(0);
    assert_eq!(exchange.start_window(window(10, Acks::Last), None, now), 11);
    exchange.set_next_seq(15);
    assert_eq!(start(&mut exchange, ACK_FLAGS, Expect::Ack, now), 21);
    exchange.set_next_seq(20);
    assert_eq!(exchange.start_window(window(3, Acks::Last), None, now), 22);
    // Each goes its own way.
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, 20, &[]), now), ["11 completed"]);
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, 21, &[]), now), ["21 completed"]);
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, 24, &[]), now), ["22 completed"]);
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, 10, &[]), now), ["1 completed"]);
}

#[test]
fn trap_22_as_much_is_sent_as_the_buffers_take() {
    let room = Room::of_buffers(200, 1 << 20);
    let mut window = Window::new(room, Acks::Last);
    assert!(window.has_room(168) && !window.has_room(169));
    let mut count = 0;
    while window.has_room(21) {
        window.push(&request(MessageFlags::REQUEST));
        count += 1;
    }
    assert_eq!((count, window.bytes().len()), (7, 7 * 24));
    // The answers are what bounds it; one request fits in any case.
    let mut window = Window::new(Room::of_buffers(1 << 20, 4000), Acks::Last);
    assert!(window.has_room(100_000));
    let mut count = 0;
    while window.has_room(21) {
        window.push(&request(MessageFlags::REQUEST));
        count += 1;
    }
    assert_eq!(count, 4000 / Room::answer(21));
}

#[test]
fn trap_52_a_transaction_succeeds_by_the_ack_of_its_last_request() {
    for acks in [Acks::Last, Acks::Each] {
        let (mut exchange, first, now) = started(enclosed(2, acks));
        let each = if acks == Acks::Each { 5 } else { 1 };
        assert_eq!(sent(exchange.window(first).unwrap()), [(1, 1), (2, each), (3, 5), (4, 1)]);
        if acks == Acks::Each {
            assert!(feed(&mut exchange, KERNEL, &error(0, 0x100, 2, &[]), now).is_empty());
        }
        // K7: no acknowledgement of the end is waited for, and one that comes is no harm.
        assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, 3, &[]), now), ["1 completed"]);
        feed(&mut exchange, KERNEL, &error(0, 0x100, 4, &[]), now);
        assert!(told(&mut exchange.take_window(first).unwrap()).is_empty());
    }
}

#[test]
fn trap_52_errors_come_without_being_asked_for_and_take_everything_back() {
    let (mut exchange, first, now) = started(enclosed(3, Acks::Last));
    assert!(feed(&mut exchange, KERNEL, &error(-2, 0x100, first + 1, &[]), now).is_empty());
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, first + 3, &[]), now), ["1 completed"]);
    let mut window = exchange.take_window(first).unwrap();
    assert_eq!(told(&mut window), ["0: No such file or directory (ENOENT)"]);

    // Refused as a whole: no word about the requests follows, and none is waited for.
    for at in [0, 4] {
        let (mut exchange, first, now) = started(enclosed(3, Acks::Last));
        assert_eq!(feed(&mut exchange, KERNEL, &error(-85, 0x100, first + at, &[]), now), ["1 completed"]);
        let mut window = exchange.take_window(first).unwrap();
        let told = told(&mut window);
        assert!(told.len() == 1 && told[0].starts_with("all: "), "{told:?}");
    }

    // What failed is enough to know that nothing was done, though the rest is lost.
    let (mut exchange, first, now) = started(enclosed(3, Acks::Last));
    feed(&mut exchange, KERNEL, &error(-2, 0x100, first + 2, &[]), now);
    exchange.overrun();
    exchange.drained();
    let mut window = exchange.take_window(first).unwrap();
    assert_eq!(told(&mut window), ["1: No such file or directory (ENOENT)"]);
}

#[test]
fn k3_a_refusal_counts_though_the_request_it_repeats_is_cut() {
    let (mut exchange, first, now) = started(window(2, Acks::Last));
    let echo = message(24, 5, first, &[0; 90_000]);
    let whole = message(2, 0, first, &[&(-7_i32).to_ne_bytes()[..], &echo].concat());
    let envelope = Envelope { truncated: Some(whole.len()), ..KERNEL };
    assert!(feed(&mut exchange, envelope, &whole[..32768], now).is_empty());
    feed(&mut exchange, KERNEL, &error(0, 0x100, first + 1, &[]), now);
    assert_eq!(told(&mut exchange.take_window(first).unwrap()), ["0: Argument list too long (E2BIG)"]);
}
