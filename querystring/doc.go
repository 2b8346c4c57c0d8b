// Package querystring implements Node's querystring module for Go programs
// (https://nodejs.org/docs/latest-v24.x/api/querystring.html): queries read into
// and written from lists of names with one or more values each.
//
// Strings are UTF-8, in which a lone surrogate stands as its three-byte form
// (internal/wtf8). All functions are pure and may be called from any goroutine;
// a *Values belongs to one goroutine at a time.
package querystring
