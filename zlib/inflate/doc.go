// Package inflate decompresses the format of RFC 1951, bare or within RFC 1950
// (zlib) or RFC 1952 (gzip), a step at a time: a Decompressor takes what input
// there is, stops anywhere, even within a code word, and goes on with the next
// step. It never blocks, and keeps no more than its window.
//
// Errors have zlib's words, since Node's error messages are these.
//
// A Decompressor belongs to one goroutine at a time.
package inflate
