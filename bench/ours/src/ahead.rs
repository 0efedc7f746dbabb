//! This project, blocking, with lists that are read ahead.

mod routes;

use common::{Job, Tally, run};
use netlink_core::NlFamily;
use protocols::route::{Route, routes::list};

fn main() {
    let mut route = Route::connect().expect("a connection");
    run(|job| {
        assert!(matches!(job, Job::Routes), "what is no long list is read as ever");
        let mut list = route.dump(list().v4()).expect("a list").read_ahead();
        let mut tally = Tally::default();
        list.for_each_borrowed(|entry| routes::take(&mut tally, entry)).expect("an answer");
        tally
    });
}
