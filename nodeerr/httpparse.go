package nodeerr

// HTTPParse is the error of a message that breaks the HTTP grammar: an HPE_*
// code, the parser's reason, and the number of bytes of the last input that
// were read before the offending one. The consumer that holds the input adds
// "rawPacket" (https://nodejs.org/docs/latest-v24.x/api/http.html#event-clienterror).
func HTTPParse(code, reason string, bytesParsed int) *Error {
	return New(KindError, code, "Parse Error: "+reason).
		With("bytesParsed", bytesParsed).
		With("reason", reason)
}
