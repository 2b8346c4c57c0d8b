// Package v8mod is node:v8 (https://nodejs.org/docs/latest-v24.x/api/v8.html):
// serialization in V8's wire format (version 15), and figures of the heap, which
// are those of Go's. What looks into V8 itself (heap snapshots, CPU profiles,
// promise hooks, query of objects) throws ERR_METHOD_NOT_IMPLEMENTED.
package v8mod
