package nodeerr

import "strings"

// http2Errors has the errors of node:http2 whose text is fixed but for values in
// the place of %s
// (https://nodejs.org/docs/latest-v24.x/api/errors.html#nodejs-error-codes), by
// their codes without ERR_HTTP2_.
var http2Errors = map[string]struct {
	kind    Kind
	message string
}{
	"ALTSVC_INVALID_ORIGIN":          {KindType, "HTTP/2 ALTSVC frames require a valid origin"},
	"ALTSVC_LENGTH":                  {KindType, "HTTP/2 ALTSVC frames are limited to 16382 bytes"},
	"CONNECT_AUTHORITY":              {KindError, ":authority header is required for CONNECT requests"},
	"CONNECT_PATH":                   {KindError, "The :path header is forbidden for CONNECT requests"},
	"CONNECT_SCHEME":                 {KindError, "The :scheme header is forbidden for CONNECT requests"},
	"GOAWAY_SESSION":                 {KindError, "New streams cannot be created after receiving a GOAWAY"},
	"HEADERS_AFTER_RESPOND":          {KindError, "Cannot specify additional headers after response initiated"},
	"HEADERS_SENT":                   {KindError, "Response has already been initiated."},
	"HEADER_SINGLE_VALUE":            {KindType, `Header field "%s" must only have a single value`},
	"INFO_STATUS_NOT_ALLOWED":        {KindRange, "Informational status codes cannot be used"},
	"INVALID_CONNECTION_HEADERS":     {KindType, `HTTP/1 Connection specific headers are forbidden: "%s"`},
	"INVALID_HEADER_VALUE":           {KindType, `Invalid value "%s" for header "%s"`},
	"INVALID_INFO_STATUS":            {KindRange, "Invalid informational status code: %s"},
	"INVALID_ORIGIN":                 {KindType, "HTTP/2 ORIGIN frames require a valid origin"},
	"INVALID_PACKED_SETTINGS_LENGTH": {KindRange, "Packed settings length must be a multiple of six"},
	"INVALID_PSEUDOHEADER":           {KindType, `"%s" is an invalid pseudoheader or is used incorrectly`},
	"INVALID_SESSION":                {KindError, "The session has been destroyed"},
	"INVALID_STREAM":                 {KindError, "The stream has been destroyed"},
	"MAX_PENDING_SETTINGS_ACK":       {KindError, "Maximum number of pending settings acknowledgements"},
	"NESTED_PUSH":                    {KindError, "A push stream cannot initiate another push stream."},
	"NO_MEM":                         {KindError, "Out of memory"},
	"NO_SOCKET_MANIPULATION":         {KindError, "HTTP/2 sockets should not be directly manipulated (e.g. read and written)"},
	"ORIGIN_LENGTH":                  {KindType, "HTTP/2 ORIGIN frames are limited to 16382 bytes"},
	"OUT_OF_STREAMS":                 {KindError, "No stream ID is available because maximum stream ID has been reached"},
	"PAYLOAD_FORBIDDEN":              {KindError, "Responses with %s status must not have a payload"},
	"PING_CANCEL":                    {KindError, "HTTP2 ping cancelled"},
	"PING_LENGTH":                    {KindRange, "HTTP2 ping payload must be 8 bytes"},
	"PSEUDOHEADER_NOT_ALLOWED":       {KindType, "Cannot set HTTP/2 pseudo-headers"},
	"PUSH_DISABLED":                  {KindError, "HTTP/2 client has disabled push streams"},
	"SEND_FILE":                      {KindError, "Directories cannot be sent"},
	"SEND_FILE_NOSEEK":               {KindError, "Offset or length can only be specified for regular files"},
	"SESSION_ERROR":                  {KindError, "Session closed with error code %s"},
	"SETTINGS_CANCEL":                {KindError, "HTTP2 session settings canceled"},
	"SOCKET_BOUND":                   {KindError, "The socket is already bound to an Http2Session"},
	"SOCKET_UNBOUND":                 {KindError, "The socket has been disconnected from the Http2Session"},
	"STATUS_101":                     {KindError, "HTTP status code 101 (Switching Protocols) is forbidden in HTTP/2"},
	"STATUS_INVALID":                 {KindRange, "Invalid status code: %s"},
	"STREAM_ERROR":                   {KindError, "Stream closed with error code %s"},
	"STREAM_SELF_DEPENDENCY":         {KindError, "A stream cannot depend on itself"},
	"TOO_MANY_CUSTOM_SETTINGS":       {KindError, "Number of custom settings exceeds MAX_ADDITIONAL_SETTINGS"},
	"TOO_MANY_INVALID_FRAMES":        {KindError, "Too many invalid HTTP/2 frames"},
	"TRAILERS_ALREADY_SENT":          {KindError, "Trailing headers have already been sent"},
	"TRAILERS_NOT_READY":             {KindError, "Trailing headers cannot be sent until after the wantTrailers event is emitted"},
	"UNSUPPORTED_PROTOCOL":           {KindError, `protocol "%s" is unsupported.`},
}

// HTTP2 is the error ERR_HTTP2_ and name, with values in its text. A name that
// is not known is a fault of the caller's and panics.
func HTTP2(name string, values ...string) *Error {
	x, ok := http2Errors[name]
	if !ok {
		panic("nodeerr: no ERR_HTTP2_" + name)
	}
	for _, v := range values {
		x.message = strings.Replace(x.message, "%s", v, 1)
	}
	return New(x.kind, "ERR_HTTP2_"+name, x.message)
}

// HTTP2Library is an error of the protocol: code ERR_HTTP2_ERROR, errno the
// number that nghttp2 has for it. code and message of another error may stand in
// the place of these.
func HTTP2Library(number int, message, code string) *Error {
	if code == "" {
		code = "ERR_HTTP2_ERROR"
	} else if x, ok := http2Errors[strings.TrimPrefix(code, "ERR_HTTP2_")]; ok {
		message = x.message
	}
	return &Error{Kind: KindError, Code: code, Message: message, Errno: number, CodeFirst: true}
}

// HTTP2StreamCancel is ERR_HTTP2_STREAM_CANCEL, with what ended the session as
// its cause, nil for nothing.
func HTTP2StreamCancel(cause error) *Error {
	e := New(KindError, "ERR_HTTP2_STREAM_CANCEL", "The pending stream has been canceled")
	if cause != nil {
		e.Message += " (caused by: " + cause.Error() + ")"
		e.With("cause", cause)
	}
	return e
}

// HTTP2InvalidSetting is ERR_HTTP2_INVALID_SETTING_VALUE: a TypeError, or with
// limits a RangeError that has them as min and max. text is the value's.
func HTTP2InvalidSetting(name, text string, actual any, limits ...float64) *Error {
	e := New(KindType, "ERR_HTTP2_INVALID_SETTING_VALUE", `Invalid value for setting "`+name+`": `+text).With("actual", actual)
	if len(limits) == 2 {
		e.Kind = KindRange
		e.With("min", limits[0]).With("max", limits[1])
	}
	return e
}
