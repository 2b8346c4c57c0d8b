package parser

// Kind tells requests from responses.
type Kind uint8

// The two kinds of message. A parser reads one of them.
const (
	Request Kind = iota
	Response
)

// Action is what OnHeadersComplete wants done with the body.
type Action int8

// The values that llhttp's on_headers_complete may return.
const (
	// Continue reads the body as the head describes it.
	Continue Action = 0
	// SkipBody takes the message as complete: the response to a HEAD request.
	SkipBody Action = 1
	// Upgrade takes the message as complete, and what follows as another
	// protocol: Execute stops there, with Upgraded true.
	Upgrade Action = 2
)

// Handler receives the events of a message. An error from a callback stops
// Execute, which returns that same error; the parser is then in the error state
// that llhttp has for it (HPE_CB_HEADERS_COMPLETE, HPE_JS_EXCEPTION,
// HPE_CB_MESSAGE_COMPLETE). A panic may unwind through Execute, with the same
// effect.
type Handler interface {
	// OnMessageBegin is called at the first byte of a start line.
	OnMessageBegin()
	// OnHeadersComplete is called at the end of the head. h is valid during
	// the call.
	OnHeadersComplete(h *Head) (Action, error)
	// OnBody is called with each part of the body, as a part of Execute's
	// input; it is never empty.
	OnBody(b []byte) error
	// OnMessageComplete is called at the end of the message, with the trailers
	// of a chunked body (never nil), valid during the call.
	OnMessageComplete(trailers *Fields) error
}

// Lenient is a set of deviations from the grammar, with the numbers of
// HTTPParser.kLenient*.
type Lenient uint16

// llhttp's lenient flags. Each opens a known hole (request smuggling, cache
// poisoning): none is set unless the user asks.
const (
	LenientHeaders                Lenient = 1 << iota // any byte but CR and LF in values, folded lines, spaces before the first header
	LenientChunkedLength                              // Content-Length with Transfer-Encoding
	LenientKeepAlive                                  // messages after Connection: close
	LenientTransferEncoding                           // chunked not last in a request
	LenientVersion                                    // any x.y version
	LenientDataAfterClose                             // data after Connection: close is dropped
	LenientOptionalLFAfterCR                          // CR alone ends a line
	LenientOptionalCRLFAfterChunk                     // nothing between chunks
	LenientOptionalCRBeforeLF                         // LF alone ends a line
	LenientSpacesAfterChunkSize                       // blanks after a chunk size
	LenientNone                   Lenient = 0
	LenientAll                    Lenient = 1<<10 - 1
)
