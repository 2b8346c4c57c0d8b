// Package testmod is node:test (https://nodejs.org/docs/latest-v24.x/api/test.html):
// tests, suites, hooks, mocks and the reporters spec and tap, for a program that
// is run on its own. The runner of many files (run(), --test), snapshots, mock
// modules and mock timers throw ERR_METHOD_NOT_IMPLEMENTED.
//
// The runner is JavaScript, in js/: it is asynchronous from end to end, and
// nothing of it runs where speed counts.
package testmod
