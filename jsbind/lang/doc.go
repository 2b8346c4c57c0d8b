// Package lang makes goja speak the JavaScript that Node 24 runs.
//
// It has two halves. Compile turns source text into a program: goja parses
// first, and only what goja cannot parse goes through esbuild, with a source
// map so that stacks show the user's lines. Install gives a runtime the parts
// of the language that goja lacks.
//
// Compile and the Program it returns are safe for concurrent use; Install and
// everything that it installs belong to the goroutine that owns the runtime.
package lang
