// Package diagnosticschannelmod is node:diagnostics_channel
// (https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html). Other
// bindings publish with Channel, which costs a look-up and a test where nobody
// subscribed.
package diagnosticschannelmod
