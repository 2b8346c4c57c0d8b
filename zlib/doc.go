// Package zlib is what Node's zlib module does, without JavaScript: the codecs
// of the zlib, gzip, raw deflate, Brotli and Zstandard formats as objects that
// take a step at a time (Codec), as one call (Run), and as a Transform stream
// (Stream) that does its work off the loop
// (https://nodejs.org/docs/latest-v24.x/api/zlib.html).
//
// A Codec belongs to one goroutine at a time; none of them starts goroutines of
// its own, and what they keep is bounded by their window and one block. A Stream
// belongs to its loop's goroutine.
//
// Errors are *nodeerr.Error with Node's code, errno and message.
package zlib
