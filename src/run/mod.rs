//! The loop, the runner of effects, worker threads and the saved place.
