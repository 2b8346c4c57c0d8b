package http2

import (
	"fmt"
	"os"
	"strings"
	"sync"
)

// nativeDebug is whether NODE_DEBUG_NATIVE asks for what the protocol does
// (https://nodejs.org/docs/latest-v24.x/api/cli.html#node_debug_nativemodule).
var nativeDebug = sync.OnceValue(func() bool {
	for _, name := range strings.FieldsFunc(strings.ToLower(os.Getenv("NODE_DEBUG_NATIVE")), func(r rune) bool { return r == ',' || r == ' ' }) {
		if name == "http2" || name == "http2session" || name == "http2stream" {
			return true
		}
	}
	return false
})

func (k Kind) String() string {
	if k == ClientSession {
		return "client"
	}
	return "server"
}

// native prints a line about a session. Sessions and streams are told apart by
// the numbers of their sockets' sessions and of themselves.
func (s *Session) native(format string, args ...any) {
	if nativeDebug() {
		fmt.Fprintf(os.Stderr, "Http2Session %v (%d) %s\n", s.kind, s.number, fmt.Sprintf(format, args...))
	}
}

func (st *Stream) native(format string, args ...any) {
	if s := st.session; nativeDebug() && s != nil {
		fmt.Fprintf(os.Stderr, "HttpStream %d (%d) [Http2Session %v (%d)] %s\n", st.id, st.id, s.kind, s.number, fmt.Sprintf(format, args...))
	}
}
