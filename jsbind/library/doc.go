// Package library runs the JavaScript of our own that some modules are made of:
// files that are embedded in the program, compiled once in a process and run in
// a runtime when their module is first used.
//
// A file's value is a function of the host, the object with what scripts need of
// Go (Host), and of what its module passes. Its frames are shown by no stack.
package library
