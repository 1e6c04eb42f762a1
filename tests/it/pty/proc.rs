//! What Linux tells about a process.

use std::fs;
use std::time::Duration;

/// `/proc/PID/stat` counts in these (`USER_HZ`, 100 on every Linux there is).
const TICK: Duration = Duration::from_millis(10);

/// The fields of `/proc/PID/stat` from the third on, after the name, which may hold blanks.
fn fields(pid: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    Some(after_name.split_whitespace().map(str::to_owned).collect())
}

/// CPU time that the process has used, in user and kernel (fields 14 and 15 of proc(5)).
pub(crate) fn cpu_time(pid: u32) -> Duration {
    let fields = fields(pid).unwrap();
    let ticks: u32 = fields[11..13].iter().map(|field| field.parse::<u32>().unwrap()).sum();
    TICK * ticks
}

/// Whether the process is stopped (state `T`).
pub(crate) fn is_stopped(pid: u32) -> bool {
    fields(pid).is_some_and(|fields| fields[0] == "T")
}

/// The limits on the size of a core dump, soft and hard.
pub(crate) fn core_limit(pid: u32) -> [String; 2] {
    let limits = fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap();
    let mut values = line.split_whitespace().map(str::to_owned);
    [values.next().unwrap(), values.next().unwrap()]
}
