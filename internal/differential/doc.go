// Differential holds the http server and client of one program against those of
// another, in practice spindle against Node: it makes cases by mutation of a
// grammar and of the parser's corpus, gives each to both over raw TCP, and
// compares what a script was told (events and their order, method, url, raw
// headers, headers, parts of the body, trailers, errors with their codes and
// positions) and, of a server, the bytes that came back.
//
//	go run ./internal/differential -node node -spindle dist/spindle -requests 100000 -responses 20000
//
// Each difference is tried again, made as short as it can be, and printed. The
// exit code is 1 if there is one. A run with the same -seed makes the same cases.
//
// The scripts are in scripts/; each has configurations, of which every case has
// one. Configurations whose name begins with "stream" give the server the input
// through a stream of the program's own, in pieces that the case tells.
package main
