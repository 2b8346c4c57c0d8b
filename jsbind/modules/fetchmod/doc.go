// Package fetchmod is fetch, Headers, Request, Response, FormData
// (https://fetch.spec.whatwg.org/), WebSocket
// (https://websockets.spec.whatwg.org/) and EventSource
// (https://html.spec.whatwg.org/multipage/server-sent-events.html): JavaScript,
// in js/, over node:http. It is run when it is first asked for.
package fetchmod
