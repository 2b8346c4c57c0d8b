// Package jsbind is JavaScript on the loop: goja with Node's globals, modules
// and module loader over the Go packages of this repository.
//
// Each module's binding is a package below modules/, entered in the one table
// in modules.go; package bind is what bindings stand on.
//
// A Runtime, its loop and everything reached through them belong to one
// goroutine; Runtime.Post is the door for others.
package jsbind
