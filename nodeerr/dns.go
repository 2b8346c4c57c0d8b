package nodeerr

// The errors of getaddrinfo as libuv numbers them.
const (
	EAIAddrFamily = -3000
	EAIAgain      = -3001
	EAIBadFlags   = -3002
	EAICanceled   = -3003
	EAIFail       = -3004
	EAIFamily     = -3005
	EAIMemory     = -3006
	EAINoData     = -3007
	EAINoName     = -3008
	EAIOverflow   = -3009
	EAIService    = -3010
	EAISockType   = -3011
	EAIBadHints   = -3013
	EAIProtocol   = -3014
)

type eaiRow struct {
	errno int
	name  string
	text  string
}

// eais is libuv's list (https://docs.libuv.org/en/v1.x/errors.html).
var eais = []eaiRow{
	{EAIAddrFamily, "EAI_ADDRFAMILY", "address family not supported"},
	{EAIAgain, "EAI_AGAIN", "temporary failure"},
	{EAIBadFlags, "EAI_BADFLAGS", "bad ai_flags value"},
	{EAIBadHints, "EAI_BADHINTS", "invalid value for hints"},
	{EAICanceled, "EAI_CANCELED", "request canceled"},
	{EAIFail, "EAI_FAIL", "permanent failure"},
	{EAIFamily, "EAI_FAMILY", "ai_family not supported"},
	{EAIMemory, "EAI_MEMORY", "out of memory"},
	{EAINoData, "EAI_NODATA", "no address"},
	{EAINoName, "EAI_NONAME", "unknown node or service"},
	{EAIOverflow, "EAI_OVERFLOW", "argument buffer overflow"},
	{EAIProtocol, "EAI_PROTOCOL", "resolved protocol is unknown"},
	{EAIService, "EAI_SERVICE", "service not available for socket type"},
	{EAISockType, "EAI_SOCKTYPE", "socket type not supported"},
}

// EachEAI calls yield with every error of getaddrinfo: its negative number,
// name and text.
func EachEAI(yield func(errno int, name, text string) bool) {
	for _, r := range eais {
		if !yield(r.errno, r.name, r.text) {
			return
		}
	}
}

// DNS is the error of a name look-up: "getaddrinfo ENOTFOUND example.invalid".
// errno is one of the EAI constants; no name and no data are both ENOTFOUND.
// The property hostname is left out when hostname is empty.
func DNS(errno int, call, hostname string) *Error {
	code := "UNKNOWN"
	if errno == EAINoName || errno == EAINoData {
		code = "ENOTFOUND"
	} else {
		for i := range eais {
			if eais[i].errno == errno {
				code = eais[i].name
			}
		}
	}
	e := &Error{Kind: KindError, Code: code, Message: call + " " + code, Errno: errno, Syscall: call}
	if hostname != "" {
		e.Message += " " + hostname
		return e.With("hostname", hostname)
	}
	return e
}
