// Package parser is an incremental HTTP/1.x parser with the grammar, the
// strictness, the error codes and the error offsets of llhttp 9.3 as Node
// 24.12 embeds it (https://nodejs.org/docs/latest-v24.x/api/http.html,
// RFC 9112).
//
// A Parser is fed with Execute and reports to a Handler: message begin, the
// whole head at once, body parts, message complete with the trailers. However
// the input is split, the same events are reported; only body parts are cut
// where the input was cut.
//
// What a callback receives (Head, Fields, body bytes) is valid during that
// callback only. A head that arrives in one buffer is never copied: names and
// values are offsets into that buffer. A head that arrives in pieces is
// gathered in the parser's own arena. An ordinary message costs no allocation.
//
// A Parser belongs to one goroutine. Callbacks may call Pause, Resume and Put,
// but not Execute or Finish. After an error the parser stays in the error
// state: each further Execute returns that error, until Reset.
//
// The package does not decode bodies, does not join or reject duplicate
// headers, does not require Host and sets no timeouts: these belong to package
// http.
package parser
