//! Sessions from their beginning to their end, over real processes and sockets: who comes, who
//! goes, who must not come, and many who write at once.

mod acts;
mod again;
mod at_once;
mod barrier;
mod bells;
mod cast;
mod crowd;
mod ends;
mod errors;
mod exits;
mod faults;
mod forms;
mod guards;
mod handles;
mod happening;
mod hearing;
mod hostile;
mod impostor;
mod lagging;
mod listening;
mod names;
mod patterns;
mod presence;
mod raw;
mod refused;
mod returns;
mod schemas;
mod security;
mod starts;
mod status;
mod strangers;
mod telemetry;
mod transact;
mod unreadable;
mod waits;
