// Package faults holds the fault suite: what a hostile or broken peer may do to
// an http server or client, done to the real program over loopback, with a check
// that it answers as Node does, stays bounded in memory, and leaves nothing
// behind.
//
// go test ./internal/faults builds the program and runs the suite. With
// FAULTS_REFERENCE set to a node the same is done to that one, and memory is
// compared. FAULTS_LARGE=1 takes the full numbers (10,000 idle connections), and
// FAULTS_TABLE names a file to write the table of figures into: make faults.
package faults
