// Package poll waits for file descriptors: epoll on Linux, kqueue on macOS,
// FreeBSD and DragonFly. It is the only importer of gnet's poller
// (github.com/panjf2000/gnet/v2/pkg/netpoll), which opens the kernel object and
// the descriptor that wakes it and registers every interest; the waiting is
// ours, because gnet's Polling is a closed loop with neither a timeout nor a
// place to run the other phases (docs/decisions/0010-poller.md has the
// measurements).
//
// # Contract
//
// Readiness is level-triggered: an event is reported by every Wait until the
// condition is gone or the interest is dropped. A hang-up or an error is
// reported as ready in every direction that was asked for, together with
// Hangup or Error, so that the next read or write finds the reason.
//
// Every method belongs to the goroutine that waits, except Wake, which any
// goroutine may call between Open and Close. A descriptor must be set to
// interest None before it is closed: the kernel forgets it at close only when
// no duplicate (a child between fork and exec) is left.
//
// Events name descriptors, not registrations. A descriptor closed while a batch
// is being read may return under the same number in the same batch; whoever
// reads the batch has to ignore events of a descriptor registered after Wait
// returned (package loop registers only right before it waits, so a
// registration that was not yet made marks such an event).
//
// # What another backend must supply
//
// One file per kernel interface with
//
//   - newBackend: take the descriptors out of gnet's poller, make the event list;
//   - Set: change a descriptor's interest from one set to another, None meaning
//     not registered; it must tell ENOENT, EEXIST, EPERM and EBADF apart;
//   - Try: report what is ready without blocking and without involving Go's
//     scheduler;
//   - Wait: the same, blocking for a number of milliseconds or for ever, and
//     returning zero events when a signal interrupted it;
//   - Event: the i-th descriptor of the last batch and its Events;
//   - Wake: make a Wait in progress, or the next one, return; any number of
//     wakes before that may count as one; Woken tells and resets.
package poll
