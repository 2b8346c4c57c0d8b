package protocol

import "strconv"

// Code is an error code of RST_STREAM and GOAWAY (RFC 9113, section 7).
type Code uint32

// The error codes.
const (
	NoError            Code = 0x0
	ProtocolError      Code = 0x1
	InternalError      Code = 0x2
	FlowControlError   Code = 0x3
	SettingsTimeout    Code = 0x4
	StreamClosed       Code = 0x5
	FrameSizeError     Code = 0x6
	RefusedStream      Code = 0x7
	Cancel             Code = 0x8
	CompressionError   Code = 0x9
	ConnectError       Code = 0xa
	EnhanceYourCalm    Code = 0xb
	InadequateSecurity Code = 0xc
	HTTP11Required     Code = 0xd
)

var codeNames = [...]string{
	"NGHTTP2_NO_ERROR", "NGHTTP2_PROTOCOL_ERROR", "NGHTTP2_INTERNAL_ERROR", "NGHTTP2_FLOW_CONTROL_ERROR", "NGHTTP2_SETTINGS_TIMEOUT",
	"NGHTTP2_STREAM_CLOSED", "NGHTTP2_FRAME_SIZE_ERROR", "NGHTTP2_REFUSED_STREAM", "NGHTTP2_CANCEL", "NGHTTP2_COMPRESSION_ERROR",
	"NGHTTP2_CONNECT_ERROR", "NGHTTP2_ENHANCE_YOUR_CALM", "NGHTTP2_INADEQUATE_SECURITY", "NGHTTP2_HTTP_1_1_REQUIRED",
}

// String returns the name that Node's constants have for the code, its number
// where it has none.
func (c Code) String() string {
	if int(c) < len(codeNames) {
		return codeNames[c]
	}
	return strconv.FormatUint(uint64(c), 10)
}

// LibError is an error by its number in nghttp2; 0 is none.
type LibError int

// The errors that are told.
const (
	ErrInvalidArgument      LibError = -501
	ErrProto                LibError = -505
	ErrStreamIDNotAvailable LibError = -509
	ErrStreamClosed         LibError = -510
	ErrStreamShutWrite      LibError = -512
	ErrStartNotAllowed      LibError = -516
	ErrFrameSize            LibError = -522
	ErrHeaderComp           LibError = -523
	ErrFlowControl          LibError = -524
	ErrPushDisabled         LibError = -528
	ErrDataExists           LibError = -529
	ErrHTTPHeader           LibError = -531
	ErrHTTPMessaging        LibError = -532
	ErrRefusedStream        LibError = -533
	ErrSettingsExpected     LibError = -536
	ErrCallbackFailure      LibError = -902
	ErrBadClientMagic       LibError = -903
	ErrFlooded              LibError = -904
	ErrTooManyContinuations LibError = -905
)

var libTexts = map[LibError]string{
	ErrInvalidArgument:      "Invalid argument",
	ErrProto:                "Protocol error",
	ErrStreamIDNotAvailable: "No more Stream ID available",
	ErrStreamClosed:         "Stream was already closed or invalid",
	ErrStreamShutWrite:      "The transmission is not allowed for this stream",
	ErrStartNotAllowed:      "request HEADERS is not allowed",
	ErrFrameSize:            "The length of the frame is invalid",
	ErrHeaderComp:           "Header compression/decompression error",
	ErrFlowControl:          "Flow control error",
	ErrPushDisabled:         "Server push is disabled by peer",
	ErrDataExists:           "DATA or HEADERS frame has already been submitted for the stream",
	ErrHTTPHeader:           "Invalid HTTP header field was received",
	ErrHTTPMessaging:        "Violation in HTTP messaging rule",
	ErrRefusedStream:        "Stream was refused",
	ErrSettingsExpected:     "When a local endpoint expects to receive SETTINGS frame, it receives an other type of frame",
	ErrCallbackFailure:      "The user callback function failed",
	ErrBadClientMagic:       "Received bad client magic byte string",
	ErrFlooded:              "Flooding was detected in this HTTP/2 session, and it must be closed",
	ErrTooManyContinuations: "Too many CONTINUATION frames following a HEADER frame",
}

// Error returns the text that nghttp2 has for the number.
func (e LibError) Error() string {
	if t, ok := libTexts[e]; ok {
		return t
	}
	return "Unknown error code"
}
