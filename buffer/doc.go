// Package buffer holds what Node's buffer and string_decoder modules compute
// (https://nodejs.org/docs/latest-v24.x/api/buffer.html): encodings, searching,
// decoding of split input, and Chunk, the unit that streams carry.
//
// Functions are pure and safe from any goroutine; a Decoder belongs to one.
package buffer
