//! Prints each program that is started on the machine, as it happens. Needs root before Linux 6.6.

use std::{error::Error, process::ExitCode};

use protocols::connector::{Execs, Loss, Seen};

fn watch() -> Result<(), Box<dyn Error>> {
    let mut execs = Execs::watch()?;
    let canceller = execs.canceller()?;
    ctrlc::set_handler(move || canceller.cancel())?;

    println!("{:>15} {:>7} {:>7} {:<15} COMMAND", "TIME", "PID", "PARENT", "NAME");
    let (mut events, mut lost, mut overruns) = (0_u64, 0_u64, 0_u64);
    for seen in &mut execs {
        match seen? {
            Seen::Exec(exec) => {
                println!("{exec}");
                events += 1;
            }
            Seen::Lost(loss) => {
                println!("{loss}");
                match loss {
                    Loss::Gap { count, .. } => lost += u64::from(count),
                    _ => overruns += 1,
                }
            }
        }
    }
    println!("{events} programs, {lost} events lost in {overruns} overruns");
    Ok(())
}

fn main() -> ExitCode {
    match watch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("exec_watch: {error}");
            ExitCode::FAILURE
        }
    }
}
