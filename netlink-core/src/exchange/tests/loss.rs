//! One test a trap: dumps, losses, strangers, damage.

use super::*;

#[test]
fn trap_12_truncation_is_told_and_what_fitted_is_used() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    let whole = [message(NEWLINK, 2, seq, &[0; 16]), message(NEWLINK, 2, seq, &[0; 100])].concat();
    for cut in [32, 40, 48, 100] {
        let envelope = Envelope { truncated: Some(whole.len()), ..KERNEL };
        let told = feed(&mut exchange, envelope, &whole[..cut], now);
        assert_eq!(told, ["reply 1", "truncated 148 of Some(1)"], "cut at {cut}");
    }
    assert_eq!(feed(&mut exchange, KERNEL, &done(0, 2, seq), now), ["1 completed"]);
    // A cut notification belongs to no request.
    start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let envelope = Envelope { group: 1, truncated: Some(148), ..KERNEL };
    assert_eq!(feed(&mut exchange, envelope, &whole[..40], now), ["notification 1", "truncated 148 of None"]);
}

#[test]
fn k3_the_error_number_survives_when_the_echo_of_a_long_request_is_cut() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let echo = message(18, 5, seq, &[0; 90_000]);
    let whole = message(2, 0, seq, &[&(-7_i32).to_ne_bytes()[..], &echo].concat());
    let envelope = Envelope { truncated: Some(whole.len()), ..KERNEL };
    assert_eq!(feed(&mut exchange, envelope, &whole[..32768], now), ["1 Argument list too long (E2BIG)"]);
}

#[test]
fn trap_14_a_second_dump_waits_until_an_abandoned_one_is_received() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    exchange.abandon(seq);
    let second = exchange.start(vec![0; 16], Expect::Dump, None, now);
    assert_eq!(second, Err(StartError::DumpRunning { seq }));
    // Meanwhile everything else works.
    let ask = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let datagram = [message(NEWLINK, 2, seq, &[]), error(0, 0x100, ask, &[]), done(0, 2, seq)].concat();
    assert_eq!(feed(&mut exchange, KERNEL, &datagram, now), ["2 completed"]);
    assert_eq!(exchange.counters().late, 2);
    assert!(exchange.start(vec![0; 16], Expect::Dump, None, now).is_ok());
    assert_eq!(exchange.start(vec![0; 15], Expect::Ack, None, now), Err(StartError::NoHeader));
}

#[test]
fn trap_15_an_interruption_told_only_in_done_counts() {
    let (mut exchange, now) = exchange();
    for (reply, end) in [(0x02, 0x12), (0x12, 0x02)] {
        let seq = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
        let datagram = [message(NEWLINK, reply, seq, &[]), done(0, end, seq)].concat();
        assert_eq!(feed(&mut exchange, KERNEL, &datagram, now)[1..], [format!("{seq} interrupted")]);
    }
}

#[test]
fn trap_16_the_kernels_word_that_it_filtered_is_kept() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    assert_eq!(feed(&mut exchange, KERNEL, &done(0, 0x22, seq), now), ["1 filtered"]);
}

#[test]
fn trap_19_an_acknowledgement_does_not_prove_that_no_reply_was_lost() {
    let (mut exchange, now) = exchange();
    let ack = |seq| error(0, 0x100, seq, &[]);
    // The reply itself is lost.
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
    exchange.overrun();
    assert_eq!(feed(&mut exchange, KERNEL, &ack(seq), now), ["1 overrun"]);
    // Parts of the answer may be.
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
    exchange.overrun();
    let datagram = [message(NEWLINK, 2, seq, &[]), ack(seq)].concat();
    assert_eq!(feed(&mut exchange, KERNEL, &datagram, now), ["reply 2", "2 overrun"]);
    // An answer of one part is there, and so is one that was asked for later.
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
    exchange.overrun();
    let datagram = [message(NEWLINK, 0, seq, &[]), ack(seq)].concat();
    assert_eq!(feed(&mut exchange, KERNEL, &datagram, now), ["reply 3", "3 completed"]);
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
    let datagram = [message(NEWLINK, 2, seq, &[]), ack(seq)].concat();
    assert_eq!(feed(&mut exchange, KERNEL, &datagram, now), ["reply 4", "4 completed"]);
}

#[test]
fn trap_18_after_an_overrun_the_queue_is_drained_and_the_gap_has_a_place() {
    let (mut exchange, now) = exchange();
    let first = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let second = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    exchange.overrun();
    assert!(exchange.is_draining());
    // What was queued before the loss still counts.
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, first, &[]), now), ["1 completed"]);
    assert!(exchange.drained());
    // Trap 19: the lost acknowledgement says nothing about the request.
    let end = exchange.poll(now).unwrap();
    assert_eq!((end.seq, tell_outcome(&end.outcome)), (second, "overrun".to_owned()));
    assert!(exchange.poll(now).is_none() && !exchange.drained() && !exchange.is_draining());
    assert_eq!(exchange.counters().overruns, 1);
}

#[test]
fn trap_20_a_dump_goes_on_after_an_overrun() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    exchange.overrun();
    assert_eq!(feed(&mut exchange, KERNEL, &message(NEWLINK, 2, seq, &[]), now), ["reply 1"]);
    assert_eq!(feed(&mut exchange, KERNEL, &done(0, 2, seq), now), ["1 completed"]);
    assert!(exchange.drained());
    assert!(exchange.poll(now).is_none());
    // If nothing is left of it, it has failed.
    start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    exchange.overrun();
    assert!(exchange.drained());
    assert_eq!(tell_outcome(&exchange.poll(now).unwrap().outcome), "overrun");
    assert_eq!(exchange.running_dump(), Some(2));
    exchange.dump_over();
    assert_eq!(exchange.running_dump(), None);
}

#[test]
fn trap_23_foreign_senders_are_skipped_and_counted() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
    let forged = Envelope { sender: 2_227_522_248, ..KERNEL };
    assert!(feed(&mut exchange, forged, &error(0, 0, seq, &[]), now).is_empty());
    assert_eq!(exchange.counters().foreign, 1);
    // From the kernel, but for somebody else.
    let mut other = error(0, 0, seq, &[]);
    other[12..16].copy_from_slice(&(PORT + 1).to_ne_bytes());
    assert_eq!(feed(&mut exchange, KERNEL, &other, now), ["unmatched"]);
    assert_eq!(exchange.poll(now + Duration::from_secs(2)).map(|end| end.seq), Some(seq));
    // Where processes speak with each other, they are heard.
    let mut peers = Exchange::new(Rules::of::<UserSock>(), PORT);
    assert_eq!(feed(&mut peers, forged, &message(NEWLINK, 0, 9, &[]), now), ["notification 0"]);
}

#[test]
fn trap_29_a_late_answer_is_thrown_away_and_counted() {
    let (mut exchange, now) = exchange();
    let late = start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
    assert_eq!(exchange.deadline(), Some(now + Duration::from_secs(1)));
    let now = now + Duration::from_secs(1);
    let end = exchange.poll(now).unwrap();
    assert_eq!((end.seq, tell_outcome(&end.outcome)), (late, "timed out".to_owned()));
    let seq = start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
    let late = [message(NEWLINK, 0, late, &[]), error(-1, 0x100, late, &[])].concat();
    assert_eq!(feed(&mut exchange, KERNEL, &late, now), ["unmatched", "unmatched EPERM"]);
    assert_eq!(exchange.counters().late, 2);
    let answer = [message(NEWLINK, 0, seq, &[]), error(0, 0x100, seq, &[])].concat();
    assert_eq!(feed(&mut exchange, KERNEL, &answer, now), ["reply 2", "2 completed"]);
}

#[test]
fn a_dump_has_time_for_each_part() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    let later = now + Duration::from_millis(900);
    feed(&mut exchange, KERNEL, &message(NEWLINK, 2, seq, &[]), later);
    assert!(exchange.poll(now + Duration::from_secs(1)).is_none());
    assert!(exchange.poll(later + Duration::from_secs(1)).is_some());
    assert_eq!(exchange.running_dump(), Some(seq));
}

#[test]
fn trap_32_damage_is_an_event_with_its_offset_and_its_request() {
    let (mut exchange, now) = exchange();
    let seq = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    let mut datagram = message(NEWLINK, 2, seq, &[]);
    datagram.extend([7; 20]);
    assert_eq!(feed(&mut exchange, KERNEL, &datagram, now), ["reply 1", "malformed at 16 of Some(1)"]);
    assert_eq!(feed(&mut exchange, KERNEL, &message(2, 0, seq, &[1, 2]), now), ["malformed at 16 of Some(1)"]);
    assert_eq!(feed(&mut exchange, KERNEL, &done(0, 2, seq), now), ["1 completed"]);
    assert_eq!(exchange.counters().damaged, 2);
}

#[test]
fn no_bytes_at_all_make_it_panic_or_loop() {
    let (mut exchange, now) = exchange();
    let good = [message(NEWLINK, 2, 1, &[0; 16]), error(-22, 0x300, 1, &attr(1, b"no\0")), done(-1, 0x202, 1)].concat();
    let mut state = 1_u32;
    for _ in 0..20_000 {
        exchange.set_next_seq(1);
        exchange.forget(1);
        start(&mut exchange, ACK_FLAGS, Expect::Ack, now);
        let mut bytes = good.clone();
        for _ in 0..4 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (state >> 8) as usize % bytes.len();
            bytes[at] = (state >> 24) as u8;
        }
        bytes.truncate(bytes.len() - (state >> 16) as usize % 40);
        let truncated = (state & 0x100 != 0).then_some(1 << 20);
        assert!(feed(&mut exchange, Envelope { truncated, ..KERNEL }, &bytes, now).len() < 20);
    }
}

#[test]
fn damage_of_which_nobody_knows_whose_it_was_is_told_to_the_list() {
    let (mut exchange, now) = exchange();
    let asked = start(&mut exchange, ACK_FLAGS, Expect::Reply, now);
    let listed = start(&mut exchange, DUMP_FLAGS, Expect::Dump, now);
    let envelope = Envelope { truncated: Some(500), ..KERNEL };
    assert_eq!(feed(&mut exchange, envelope, &[0; 7], now), [format!("truncated 500 of Some({listed})")]);
    // Notifications are no answers.
    let group = Envelope { group: 1, ..envelope };
    assert_eq!(feed(&mut exchange, group, &[0; 7], now), ["truncated 500 of None"]);
    // Nor is the acknowledgement without a reply proof that there was none.
    assert_eq!(feed(&mut exchange, KERNEL, &error(0, 0x100, asked, &[]), now), [format!("{asked} overrun")]);
}
