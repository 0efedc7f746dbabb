//! What gets into the queue, and how full it is.

use super::*;

#[test]
fn statistics_tell_what_arrived_what_was_cut_and_how_full_it_was() {
    let (sender, receiver) = between_processes();
    for _ in 0..3 {
        sender.send(&[7; 40_000], receiver.port(), None).unwrap();
    }
    let before = receiver.statistics().unwrap();
    assert!(before.queued > 120_000 && before.queued < before.receive_buffer, "{before:?}");
    let mut buffer = ReceiveBuffer::with_size(0);
    while receiver.try_receive(&mut buffer).is_ok() {}
    let after = receiver.statistics().unwrap();
    assert_eq!((after.received, after.truncated, after.queued, after.drops), (3, 1, 0, 0));
    assert_eq!(after.most_queued, before.queued);
}

#[test]
fn the_high_water_mark_is_seen_without_being_asked_for() {
    let (sender, receiver) = between_processes();
    for _ in 0..70 {
        sender.send(&[7; 16], receiver.port(), None).unwrap();
    }
    let mut buffer = ReceiveBuffer::new();
    while receiver.try_receive(&mut buffer).is_ok() {}
    let seen = receiver.statistics().unwrap();
    assert!(seen.most_queued > 0 && seen.queued == 0, "{seen:?}");
}

#[test]
fn a_filter_keeps_what_does_not_pass_out_of_the_queue() {
    let (sender, receiver) = between_processes();
    receiver.attach_filter(&Filter::new().types(&[RTM_NEWLINK]).word(20, !0, 7)).unwrap();
    let message = |kind: u16, index: u32| {
        let mut bytes = get_link(REQUEST, 1, index);
        bytes[4..6].copy_from_slice(&kind.to_ne_bytes());
        bytes
    };
    let mut buffer = ReceiveBuffer::new();
    let mut passes = |kind, index| {
        sender.send(&message(kind, index), receiver.port(), None).unwrap();
        receiver.try_receive(&mut buffer).is_ok()
    };
    assert!(passes(RTM_NEWLINK, 7) && passes(NLMSG_ERROR, 1) && passes(0, 0) && passes(15, 0));
    assert!(!passes(RTM_NEWLINK, 8) && !passes(RTM_GETLINK, 7) && !passes(0x1000, 7) && !passes(0x0f10, 7));
    receiver.detach_filter().unwrap();
    assert!(passes(RTM_NEWLINK, 8));
    assert_eq!(errno(&receiver.detach_filter().unwrap_err()), Some(Errno::NOENT));
    assert_eq!(receiver.statistics().unwrap().drops, 0);
    // What the kernel would not run.
    let endless = Filter::raw(&[Instruction { code: 0x05, jump_true: 0, jump_false: 0, k: u32::MAX }]);
    assert_eq!(errno(&receiver.attach_filter(&endless).unwrap_err()), Some(Errno::INVAL));
    let long = Filter::new().types(&vec![1000; 40_000]);
    assert_eq!(errno(&receiver.attach_filter(&long).unwrap_err()), Some(Errno::INVAL));
    // The longest list that it takes. Older kernels lend a socket less memory (`net.core.optmem_max`).
    match receiver.attach_filter(&Filter::new().types(&(1000..3000).collect::<Vec<_>>())) {
        Err(error) if errno(&error) == Some(Errno::NOMEM) => return,
        attached => attached.unwrap(),
    }
    sender.send(&message(2999, 1), receiver.port(), None).unwrap();
    receiver.try_receive(&mut ReceiveBuffer::new()).unwrap();
}

#[test]
fn the_kernel_runs_a_filter_as_run_says() {
    let (sender, receiver) = between_processes();
    let mut buffer = ReceiveBuffer::new();
    let mut state = 1_u32;
    let mut random = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let mut kept = 0;
    for _ in 0..500 {
        let types: Vec<u16> = (0..random(4)).map(|_| [3, 16, 17, 0x1000][random(4) as usize]).collect();
        let mut filter = if types.is_empty() { Filter::new() } else { Filter::new().types(&types) };
        filter = filter.half(16 + random(8), random(4) as u16, random(4) as u16);
        filter = filter.byte(16 + random(16), random(3) as u8, random(3) as u8);
        filter = filter.word(random(30), random(2), random(2));
        let filter = if random(2) == 0 { filter.control_too() } else { filter };
        receiver.attach_filter(&filter).unwrap();
        let mut bytes = get_link(REQUEST, random(3), random(4));
        let kind = [2, 3, 16, 17, 0x1000, 0x0f00][random(6) as usize];
        bytes[4..6].copy_from_slice(&u16::to_ne_bytes(kind));
        bytes.truncate(16 + random(17) as usize);
        sender.send(&bytes, receiver.port(), None).unwrap();
        let passed = receiver.try_receive(&mut buffer).is_ok();
        assert_eq!(filter.run(&bytes), Some(if passed { u32::MAX } else { 0 }), "{filter:?} {bytes:?}");
        kept += u32::from(passed);
    }
    assert!(kept > 25 && kept < 475, "{kept}");
}
