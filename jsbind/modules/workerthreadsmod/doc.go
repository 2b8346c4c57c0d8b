// Package workerthreadsmod is node:worker_threads
// (https://nodejs.org/docs/latest-v24.x/api/worker_threads.html).
//
// A worker is a runtime with a loop of its own on a goroutine of its own, which
// package jsbind starts (SetSpawner). Parent and worker share nothing but the
// two channels between them: one for the program's messages, one for streams,
// errors and the like.
package workerthreadsmod
