// Package testmod is node:test and node:test/reporters
// (https://nodejs.org/docs/latest-v24.x/api/test.html): tests, suites, hooks,
// mocks of functions, methods, properties, timers and the clock, snapshots, the
// reporters spec, tap, dot and junit, and the runner of many files (run(),
// --test). Mocks of modules, coverage, watch mode and the reporter lcov throw
// ERR_METHOD_NOT_IMPLEMENTED.
//
// It is JavaScript, in js/: asynchronous from end to end, and nothing of it runs
// where speed counts.
package testmod
