package nodeerr

import "strconv"

// HTTPHeadersSent is ERR_HTTP_HEADERS_SENT: "Cannot set headers after they are
// sent to the client".
func HTTPHeadersSent(verb string) *Error {
	return New(KindError, "ERR_HTTP_HEADERS_SENT", "Cannot "+verb+" headers after they are sent to the client")
}

// HTTPInvalidStatusCode is ERR_HTTP_INVALID_STATUS_CODE; code is its text.
func HTTPInvalidStatusCode(code string) *Error {
	return New(KindRange, "ERR_HTTP_INVALID_STATUS_CODE", "Invalid status code: "+code)
}

// HTTPInvalidHeaderValue is ERR_HTTP_INVALID_HEADER_VALUE for a header that
// has no value.
func HTTPInvalidHeaderValue(value, name string) *Error {
	return New(KindType, "ERR_HTTP_INVALID_HEADER_VALUE", `Invalid value "`+value+`" for header "`+name+`"`)
}

// InvalidHTTPToken is ERR_INVALID_HTTP_TOKEN: "Header name must be a valid HTTP
// token ["x y"]".
func InvalidHTTPToken(what, token string) *Error {
	return New(KindType, "ERR_INVALID_HTTP_TOKEN", what+` must be a valid HTTP token ["`+token+`"]`)
}

// InvalidChar is ERR_INVALID_CHAR; field may be empty.
func InvalidChar(name, field string) *Error {
	msg := "Invalid character in " + name
	if field != "" {
		msg += ` ["` + field + `"]`
	}
	return New(KindType, "ERR_INVALID_CHAR", msg)
}

// UnescapedCharacters is ERR_UNESCAPED_CHARACTERS: "Request path contains
// unescaped characters".
func UnescapedCharacters(what string) *Error {
	return New(KindType, "ERR_UNESCAPED_CHARACTERS", what+" contains unescaped characters")
}

// HTTPTrailerInvalid is ERR_HTTP_TRAILER_INVALID.
func HTTPTrailerInvalid() *Error {
	return New(KindError, "ERR_HTTP_TRAILER_INVALID", "Trailers are invalid with this transfer encoding")
}

// HTTPContentLengthMismatch is ERR_HTTP_CONTENT_LENGTH_MISMATCH.
func HTTPContentLengthMismatch(body, header int64) *Error {
	return New(KindError, "ERR_HTTP_CONTENT_LENGTH_MISMATCH", "Response body's content-length of "+strconv.FormatInt(body, 10)+" byte(s) does not match the content-length of "+strconv.FormatInt(header, 10)+" byte(s) set in header")
}

// HTTPBodyNotAllowed is ERR_HTTP_BODY_NOT_ALLOWED.
func HTTPBodyNotAllowed() *Error {
	return New(KindError, "ERR_HTTP_BODY_NOT_ALLOWED", "Adding content for this request method or response status is not allowed.")
}

// HTTPSocketAssigned is ERR_HTTP_SOCKET_ASSIGNED.
func HTTPSocketAssigned() *Error {
	return New(KindError, "ERR_HTTP_SOCKET_ASSIGNED", "ServerResponse has an already assigned socket")
}

// HTTPRequestTimeout is ERR_HTTP_REQUEST_TIMEOUT.
func HTTPRequestTimeout() *Error {
	return New(KindError, "ERR_HTTP_REQUEST_TIMEOUT", "Request timeout")
}

// InvalidProtocol is ERR_INVALID_PROTOCOL.
func InvalidProtocol(got, want string) *Error {
	return New(KindType, "ERR_INVALID_PROTOCOL", `Protocol "`+got+`" not supported. Expected "`+want+`"`)
}

// SocketHangUp is the ECONNRESET of a client whose server closed before it
// answered.
func SocketHangUp() *Error { return New(KindError, "ECONNRESET", "socket hang up") }

// Aborted is the ECONNRESET of a message whose connection ended early.
func Aborted() *Error { return New(KindError, "ECONNRESET", "aborted") }
