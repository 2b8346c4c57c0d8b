// Package intl formats numbers, dates and lists as Intl does in Node, for the
// locales en-US (the default), en-GB, en-CA, de-DE and sv-SE; a request for any
// other is answered in the default locale, as ECMA-402 has it for locales that
// an implementation lacks. It knows no JavaScript engine. Everything in it is
// safe for concurrent use.
package intl
