// Package deflate compresses to the format of RFC 1951, a step at a time: a
// Compressor takes what input it can use, keeps what output does not fit, and
// never blocks.
//
// It makes the choices that the documentation of zlib's algorithm describes
// (hash chains of three bytes, lazy matching tuned by nine levels, blocks of a
// fixed number of symbols sent in the shortest of three forms), with the window
// sizes, memory levels and strategies of zlib's interface, so that its output
// is that of Node's zlib, byte for byte where the level looks for matches in
// Node's way. The common Go compressors have other levels and neither
// strategies nor a change of parameters.
//
// A Compressor belongs to one goroutine at a time.
package deflate
