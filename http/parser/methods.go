package parser

// Method is a request method: an index into AllMethods, with llhttp's numbers.
type Method uint8

// The methods that the parser or its callers treat specially.
const (
	DELETE  Method = 0
	GET     Method = 1
	HEAD    Method = 2
	POST    Method = 3
	PUT     Method = 4
	CONNECT Method = 5
	OPTIONS Method = 6
	TRACE   Method = 7
	SOURCE  Method = 33
	PRI     Method = 34
	FLUSH   Method = 45
	QUERY   Method = 46
)

// AllMethods lists every method the grammar knows by number, RTSP's and PRI
// included, as internalBinding('http_parser').allMethods does.
var AllMethods = [...]string{
	"DELETE", "GET", "HEAD", "POST", "PUT", "CONNECT", "OPTIONS", "TRACE",
	"COPY", "LOCK", "MKCOL", "MOVE", "PROPFIND", "PROPPATCH", "SEARCH",
	"UNLOCK", "BIND", "REBIND", "UNBIND", "ACL", "REPORT", "MKACTIVITY",
	"CHECKOUT", "MERGE", "M-SEARCH", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE",
	"PATCH", "PURGE", "MKCALENDAR", "LINK", "UNLINK", "SOURCE", "PRI",
	"DESCRIBE", "ANNOUNCE", "SETUP", "PLAY", "PAUSE", "TEARDOWN",
	"GET_PARAMETER", "SET_PARAMETER", "REDIRECT", "RECORD", "FLUSH", "QUERY",
}

// HTTPMethods lists the methods of HTTP itself in the order of
// require('_http_common').methods.
var HTTPMethods = append(append([]string(nil), AllMethods[:PRI]...), AllMethods[QUERY])

// Methods is http.METHODS: HTTPMethods in alphabetical order.
var Methods = []string{
	"ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD",
	"LINK", "LOCK", "M-SEARCH", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL",
	"MOVE", "NOTIFY", "OPTIONS", "PATCH", "POST", "PROPFIND", "PROPPATCH",
	"PURGE", "PUT", "QUERY", "REBIND", "REPORT", "SEARCH", "SOURCE",
	"SUBSCRIBE", "TRACE", "UNBIND", "UNLINK", "UNLOCK", "UNSUBSCRIBE",
}

// String returns the method's name.
func (m Method) String() string {
	if int(m) < len(AllMethods) {
		return AllMethods[m]
	}
	return ""
}

// http reports whether m may stand in a request for HTTP/x.x.
func (m Method) http() bool { return m <= PRI || m == QUERY }

// rtsp reports whether m may stand in a request for RTSP/x.x.
func (m Method) rtsp() bool {
	return m == OPTIONS || m == GET || m == POST || m > PRI && m <= FLUSH
}
