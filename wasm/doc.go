// Package wasm compiles WebAssembly modules and runs instances of them: what the
// JavaScript interface (jsbind/modules/webassemblymod) stands on. The code is
// run by wazero, which is Go without cgo.
//
// Each instance has a runtime of its own, so that names of imported modules do
// not clash; compiled code is shared by content. Nothing here is safe for use by
// several goroutines at once. See https://webassembly.github.io/spec/core/.
package wasm
