// Package webassemblymod is the global WebAssembly: the classes are in
// js/webassembly.js, the modules and instances in package wasm.
//
// What JavaScript holds are objects with the Go value attached; memories are
// shared with it as ArrayBuffers over wasm's own bytes, which are detached when
// the memory has grown.
package webassemblymod
