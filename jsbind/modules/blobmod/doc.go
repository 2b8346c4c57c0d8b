// Package blobmod is Blob, File and the URLs of blobs
// (https://nodejs.org/docs/latest-v24.x/api/buffer.html#class-blob,
// https://w3c.github.io/FileAPI/).
//
// A Blob's bytes are in Go and never change: a slice shares them.
package blobmod
