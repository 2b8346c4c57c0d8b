// Package dns looks names up as node:dns does with the system's means
// (https://nodejs.org/docs/latest-v24.x/api/dns.html#dnslookuphostname-options-callback):
// the semantics of getaddrinfo(3) and getnameinfo(3), computed by Go's own
// resolver on goroutines off the loop.
//
// Every function belongs to the goroutine of the loop it is given, and calls
// its callback there, exactly once, never before it has returned. A look-up
// under way keeps the loop alive and cannot be called back. Nothing here caches.
package dns
