// Package utilmod is node:util and node:util/types
// (https://nodejs.org/docs/latest-v24.x/api/util.html), and TextEncoder and
// TextDecoder (https://encoding.spec.whatwg.org/). Printing is package inspect,
// deep equality package deepequal.
package utilmod
