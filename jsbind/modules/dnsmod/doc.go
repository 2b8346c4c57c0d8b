// Package dnsmod is the binding of node:dns and node:dns/promises
// (https://nodejs.org/docs/latest-v24.x/api/dns.html) to package dns.
package dnsmod
