// Package compat is the comparison with Node behind `spindle compat`.
//
// It knows two kinds of tests. A case is a script (or an argument list) with a
// recorded expectation beside it: what it prints, on both streams, and its exit
// code, as the reference printed it. A suite is a tree of Node's own tests,
// where a file passes when it exits 0 in time and did not skip.
//
// Output is compared after one normalisation, all of it in normalise.go and
// described in docs/differences.md; nothing else in this package bends output.
//
// Expectations are written by Record alone (`--record --against PROGRAM`).
// Programs run in their own process group, several at a time, and only that
// group is ended when one overruns. All functions may be called from any
// goroutine; nothing here touches a loop.
package compat
