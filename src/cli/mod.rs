//! The subcommands: arguments, paths, environment, clock, printing.
