package compat

import "time"

// status is how one test ended.
type status string

const (
	pass    status = "pass"
	fail    status = "fail"    // wrong output or exit code
	timeout status = "timeout" // ended by the runner
	crash   status = "crash"   // ended by a signal that is not the runner's
	skip    status = "skip"    // the test says that it did not run
	missing status = "missing" // no such file, or no recorded expectation
)

// statuses in the order of the table's columns.
var statuses = []status{pass, fail, timeout, crash, skip, missing}

// result is one test's.
type result struct {
	Name   string        `json:"name"`
	Module string        `json:"module"`
	Status status        `json:"status"`
	Detail string        `json:"detail,omitempty"` // what went wrong, several lines
	Took   time.Duration `json:"-"`
	Millis int64         `json:"milliseconds"`
}
