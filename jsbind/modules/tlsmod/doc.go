// Package tlsmod is the binding of node:tls
// (https://nodejs.org/docs/latest-v24.x/api/tls.html).
package tlsmod
