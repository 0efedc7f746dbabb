//! This project, blocking, with lists that are read ahead.

mod routes;

use common::{Job, run};
use netlink_core::NlFamily;
use protocols::route::{Route, routes::list};

fn main() {
    let mut route = Route::connect().expect("a connection");
    run(|job| {
        assert!(matches!(job, Job::Routes), "what is no long list is read as ever");
        let list = route.dump(list().v4()).expect("a list").read_ahead();
        routes::tally(list).expect("an answer")
    });
}
