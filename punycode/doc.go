// Package punycode converts between Unicode strings and the ASCII form that
// host names carry them in: the Bootstring encoding of RFC 3492, and the
// per-label wrapping with "xn--" that Node's punycode module puts around it
// (https://nodejs.org/docs/latest-v24.x/api/punycode.html).
//
// It maps no characters and checks no label: host names of URLs go through
// package url, which does both. Code points are int32 runes and may be
// surrogates, as in Node; strings are UTF-8, where a surrogate stands as its
// three-byte form (WTF-8).
//
// All functions are pure and may be called from any goroutine.
package punycode
