//! The `combe` program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    combe::cli::main()
}
