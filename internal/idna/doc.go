// Package idna turns the domain names of URLs into their ASCII form and back:
// UTS #46 with the flags of the WHATWG URL standard's "domain to ASCII"
// (https://url.spec.whatwg.org/#idna): nontransitional, CheckBidi and
// CheckJoiners true, CheckHyphens, UseSTD3ASCIIRules and VerifyDnsLength false.
//
// The tables are read off Node (see gen/observe.js) rather than taken from the
// Unicode version of the Go release at hand, so that the same names are
// accepted everywhere and always those that Node accepts. Where Node is laxer
// than UTS #46 (a label is accepted at its first valid joiner; the Bidi rule is
// applied to each label by itself, without looking at the last character of a
// left-to-right one), this package is as lax.
//
// All functions are pure and may be called from any goroutine.
package idna
