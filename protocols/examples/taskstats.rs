//! Shows what a process has used: `cargo run -p protocols --example taskstats -- PID`. Needs `CAP_NET_ADMIN`.

use std::{env, process, process::ExitCode};

use netlink_core::{Error, NlFamily};
use protocols::generic::taskstats::{TaskStats, Taskstats, of_task};

fn show(pid: u32) -> Result<(), Error> {
    let mut tasks = Taskstats::connect()?;
    let stats = of_task(&mut tasks, pid)?;
    let TaskStats { ac_comm, ac_ppid, ac_uid, ac_etime, ac_utime, ac_stime, .. } = stats;
    println!("{pid} {ac_comm}, user {ac_uid}, child of {ac_ppid}, for {ac_etime:?}");
    println!("CPU       {ac_utime:?} by itself, {ac_stime:?} in the kernel");
    println!("memory    at most {} KiB of {} KiB", stats.hiwater_rss, stats.hiwater_vm);
    println!("read      {} bytes, {} of them from storage", stats.read_char, stats.read_bytes);
    println!("written   {} bytes, {} of them to storage", stats.write_char, stats.write_bytes);
    println!("switches  {} to wait, {} against its will", stats.nvcsw, stats.nivcsw);
    println!("waited    {:?} for a CPU, {:?} for storage", stats.cpu_delay_total, stats.blkio_delay_total);
    Ok(())
}

fn main() -> ExitCode {
    let pid = env::args().nth(1).map_or(Ok(process::id()), |pid| pid.parse());
    let result = match pid {
        Ok(pid) => show(pid).map_err(|error| error.to_string()),
        Err(error) => Err(format!("that is no process: {error}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("taskstats: {error}");
            ExitCode::FAILURE
        }
    }
}
