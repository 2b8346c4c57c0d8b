// Package url implements Node's url module for Go programs: the WHATWG URL
// (URL, SearchParams) and the older API (LegacyParse, Legacy.Format, Resolve),
// with Node 24's results, error codes and messages
// (https://nodejs.org/docs/latest-v24.x/api/url.html,
// https://url.spec.whatwg.org/).
//
// A URL is its serialisation and the offsets of the parts in it: reading a part
// allocates nothing, parsing one that is already written in its normal form
// allocates the URL alone, and a setter rebuilds the serialisation. Values of
// type *URL and *SearchParams are changed by their setters and belong to one
// goroutine at a time; everything else is pure and may be called from any.
//
// Strings are UTF-8. What is no UTF-8 is read as U+FFFD, as Web IDL's USVString
// conversion has it; the older API, which works on JavaScript strings, keeps
// lone surrogates in their three-byte form (internal/wtf8).
//
// Errors are *nodeerr.Error: ERR_INVALID_URL with the properties input and
// base, ERR_INVALID_URL_SCHEME, ERR_INVALID_FILE_URL_HOST,
// ERR_INVALID_FILE_URL_PATH, ERR_INVALID_ARG_VALUE.
package url
