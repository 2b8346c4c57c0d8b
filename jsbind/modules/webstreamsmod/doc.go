// Package webstreamsmod is node:stream/web
// (https://nodejs.org/docs/latest-v24.x/api/webstreams.html,
// https://streams.spec.whatwg.org/) and the adapters between its streams and
// Node's. It is JavaScript, in js/, run when it is first asked for.
package webstreamsmod
