// Package mirror tells what a goja value is without running JavaScript: the
// kind of an object (Map, RegExp, generator function, …), its own property keys
// and descriptors, the entries of its collections and the text of its strings.
// Package inspect and package deepequal are built on it.
//
// goja's public interface answers most of these questions, some of them slowly
// and some (a map iterator's remaining entries) not at all. The package
// therefore reads the fields of goja's objects where it can. What it relies on
// is in layout.go, is compared with goja's real types once per process, and is
// given up for the public interface when they differ: then the answers are the
// same but slower, and iterators show no entries. Nothing is ever written.
//
// Scripts cannot affect the answers: the intrinsics that serve as the slow way
// are captured by New, which must therefore run before any script.
//
// A Mirror belongs to one goja.Runtime and to the goroutine that runs it. It
// is never closed.
package mirror
