package parser

import "github.com/spindle-js/spindle/nodeerr"

// errKind is a row of errTable.
type errKind uint8

const (
	errNone errKind = iota
	errMethod
	errMethodSpace
	errURLChars
	errURLStart
	errURLSchema
	errURLServer
	errURLPath
	errURLQuery
	errURLFragment
	errURLDoubleAt
	errURLCRLF
	errExpectedHTTP
	errMethodHTTP
	errMethodRTSP
	errMethodICE
	errPreface
	errPausedH2
	errMajor
	errDot
	errMinor
	errVersion
	errVersionCRLF
	errVersionLF
	errVersionSpace
	errStatusCode
	errStatusChar
	errStatusCR
	errStatusLF
	errSpaceAfterStart
	errHeaderToken
	errHeaderFieldChar
	errHeaderValueChar
	errHeaderValueCR
	errHeaderValueLF
	errHeaderValueSpace
	errLFAfterCR
	errLFAfterHeaders
	errLengthChar
	errLengthOverflow
	errLengthEmpty
	errLengthTwice
	errLengthWithTE
	errTEWithLength
	errTEValue
	errTERequest
	errChunkSizeChar
	errChunkSizeOverflow
	errChunkSizeCR
	errChunkSizeLF
	errChunkExt
	errChunkExtName
	errChunkExtNameCR
	errChunkExtValue
	errChunkExtValueCR
	errChunkExtQuoted
	errChunkExtQuotedPair
	errChunkExtQuotedEnd
	errChunkDataCR
	errChunkDataLF
	errClosed
	errEOF
	errPaused
	errPausedHeaders
	errHeaderOverflow
	errChunkExtOverflow
	errCallbackHeaders
	errCallbackBody
	errCallbackComplete
	errKinds
)

// errTable gives each error's code and reason.
var errTable = [errKinds]struct{ code, reason string }{
	errMethod:             {"HPE_INVALID_METHOD", "Invalid method encountered"},
	errMethodSpace:        {"HPE_INVALID_METHOD", "Expected space after method"},
	errURLChars:           {"HPE_INVALID_URL", "Invalid characters in url"},
	errURLStart:           {"HPE_INVALID_URL", "Unexpected start char in url"},
	errURLSchema:          {"HPE_INVALID_URL", "Unexpected char in url schema"},
	errURLServer:          {"HPE_INVALID_URL", "Unexpected char in url server"},
	errURLPath:            {"HPE_INVALID_URL", "Invalid char in url path"},
	errURLQuery:           {"HPE_INVALID_URL", "Invalid char in url query"},
	errURLFragment:        {"HPE_INVALID_URL", "Invalid char in url fragment start"},
	errURLDoubleAt:        {"HPE_INVALID_URL", "Double @ in url"},
	errURLCRLF:            {"HPE_INVALID_URL", "Expected CRLF"},
	errExpectedHTTP:       {"HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/"},
	errMethodHTTP:         {"HPE_INVALID_CONSTANT", "Invalid method for HTTP/x.x request"},
	errMethodRTSP:         {"HPE_INVALID_CONSTANT", "Invalid method for RTSP/x.x request"},
	errMethodICE:          {"HPE_INVALID_CONSTANT", "Expected SOURCE method for ICE/x.x request"},
	errPreface:            {"HPE_INVALID_VERSION", "Expected HTTP/2 Connection Preface"},
	errPausedH2:           {"HPE_PAUSED_H2_UPGRADE", "Pause on PRI/Upgrade"},
	errMajor:              {"HPE_INVALID_VERSION", "Invalid major version"},
	errDot:                {"HPE_INVALID_VERSION", "Expected dot"},
	errMinor:              {"HPE_INVALID_VERSION", "Invalid minor version"},
	errVersion:            {"HPE_INVALID_VERSION", "Invalid HTTP version"},
	errVersionCRLF:        {"HPE_INVALID_VERSION", "Expected CRLF after version"},
	errVersionLF:          {"HPE_STRICT", "Expected CRLF after version"},
	errVersionSpace:       {"HPE_INVALID_VERSION", "Expected space after version"},
	errStatusCode:         {"HPE_INVALID_STATUS", "Invalid status code"},
	errStatusChar:         {"HPE_INVALID_STATUS", "Invalid response status"},
	errStatusCR:           {"HPE_CR_EXPECTED", "Missing expected CR after response line"},
	errStatusLF:           {"HPE_STRICT", "Expected LF after CR"},
	errSpaceAfterStart:    {"HPE_UNEXPECTED_SPACE", "Unexpected space after start line"},
	errHeaderToken:        {"HPE_INVALID_HEADER_TOKEN", "Invalid header token"},
	errHeaderFieldChar:    {"HPE_INVALID_HEADER_TOKEN", "Invalid header field char"},
	errHeaderValueChar:    {"HPE_INVALID_HEADER_TOKEN", "Invalid header value char"},
	errHeaderValueCR:      {"HPE_CR_EXPECTED", "Missing expected CR after header value"},
	errHeaderValueLF:      {"HPE_LF_EXPECTED", "Missing expected LF after header value"},
	errHeaderValueSpace:   {"HPE_INVALID_HEADER_TOKEN", "Unexpected whitespace after header value"},
	errLFAfterCR:          {"HPE_STRICT", "Expected LF after CR"},
	errLFAfterHeaders:     {"HPE_STRICT", "Expected LF after headers"},
	errLengthChar:         {"HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length"},
	errLengthOverflow:     {"HPE_INVALID_CONTENT_LENGTH", "Content-Length overflow"},
	errLengthEmpty:        {"HPE_INVALID_CONTENT_LENGTH", "Empty Content-Length"},
	errLengthTwice:        {"HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length"},
	errLengthWithTE:       {"HPE_INVALID_CONTENT_LENGTH", "Content-Length can't be present with Transfer-Encoding"},
	errTEWithLength:       {"HPE_INVALID_TRANSFER_ENCODING", "Transfer-Encoding can't be present with Content-Length"},
	errTEValue:            {"HPE_INVALID_TRANSFER_ENCODING", "Invalid `Transfer-Encoding` header value"},
	errTERequest:          {"HPE_INVALID_TRANSFER_ENCODING", "Request has invalid `Transfer-Encoding`"},
	errChunkSizeChar:      {"HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size"},
	errChunkSizeOverflow:  {"HPE_INVALID_CHUNK_SIZE", "Chunk size overflow"},
	errChunkSizeCR:        {"HPE_CR_EXPECTED", "Missing expected CR after chunk size"},
	errChunkSizeLF:        {"HPE_STRICT", "Expected LF after chunk size"},
	errChunkExt:           {"HPE_STRICT", "Invalid character in chunk extensions"},
	errChunkExtName:       {"HPE_STRICT", "Invalid character in chunk extensions name"},
	errChunkExtNameCR:     {"HPE_CR_EXPECTED", "Missing expected CR after chunk extension name"},
	errChunkExtValue:      {"HPE_STRICT", "Invalid character in chunk extensions value"},
	errChunkExtValueCR:    {"HPE_CR_EXPECTED", "Missing expected CR after chunk extension value"},
	errChunkExtQuoted:     {"HPE_STRICT", "Invalid character in chunk extensions quoted value"},
	errChunkExtQuotedPair: {"HPE_STRICT", "Invalid quoted-pair in chunk extensions quoted value"},
	errChunkExtQuotedEnd:  {"HPE_STRICT", "Invalid character in chunk extensions quote value"},
	errChunkDataCR:        {"HPE_CR_EXPECTED", "Missing expected CR after chunk data"},
	errChunkDataLF:        {"HPE_STRICT", "Expected LF after chunk data"},
	errClosed:             {"HPE_CLOSED_CONNECTION", "Data after `Connection: close`"},
	errEOF:                {"HPE_INVALID_EOF_STATE", "Invalid EOF state"},
	errPaused:             {"HPE_PAUSED", "Paused"},
	errPausedHeaders:      {"HPE_PAUSED", "Paused by on_headers_complete"},
	errHeaderOverflow:     {"HPE_HEADER_OVERFLOW", "Header overflow"},
	errChunkExtOverflow:   {"HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow"},
	errCallbackHeaders:    {"HPE_CB_HEADERS_COMPLETE", "User callback error"},
	errCallbackBody:       {"HPE_JS_EXCEPTION", "JS Exception"},
	errCallbackComplete:   {"HPE_CB_MESSAGE_COMPLETE", "`on_message_complete` callback error"},
}

// newError makes the error that Node's binding would return.
func newError(k errKind, bytesParsed int) *nodeerr.Error {
	return nodeerr.HTTPParse(errTable[k].code, errTable[k].reason, bytesParsed)
}
