// Package loop is Node's event loop: one goroutine, the phases of
// https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
// in libuv's order, timers with Node's firing order, immediates, the nextTick
// queue, and the doors through which work of other goroutines comes back.
// docs/architecture.md draws it.
//
// # Goroutines
//
// A Loop belongs to the goroutine that calls Run; before and between runs to
// whoever will call it next. Every method of Loop and of the types here belongs
// to that goroutine, except Post, PostTask and Work.Cancel, which any goroutine
// may call at any time. Any number of loops may live in one process; they share
// nothing.
//
// # Call-outs
//
// User code runs inside Callback, which drains the tick queue when it is the
// outermost one, as Node's MakeCallback does. Every timer, immediate, posted
// task, signal, finished work, pending and closing task is one Callback. Only a
// Watcher is called bare: a protocol may make no call-out or many for one
// readiness event, and wraps each in Callback itself. Ticks that were queued
// outside any Callback are drained when the phase's current step ends.
//
// # End
//
// Run returns when nothing referenced is left: active handles, requests,
// timers, immediates, holds, pending and closing tasks. Stop ends it after the
// current callback, whatever the phase; what was queued stays queued for
// another Run. After Close nothing may be called but Post, which answers false,
// and Close.
//
// The package never starts a Go timer, never locks a thread, never recovers a
// panic of a callback, and starts goroutines only for Work and Signal.
package loop
