package compat

import "testing"

func TestNormalise(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "hello 12345 world\n", "hello 12345 world\n"},
		{"pid", "(node:4711) Warning: x\n", "(node:<pid>) Warning: x\n"},
		{"our pid", "(spindle:4711) Warning: x\n", "(node:<pid>) Warning: x\n"},
		{"port after address", "connect ECONNREFUSED 127.0.0.1:43211\n", "connect ECONNREFUSED 127.0.0.1:<port>\n"},
		{"port of IPv6", "listen EADDRINUSE: address already in use :::43211", "listen EADDRINUSE: address already in use :::<port>"},
		{"port of IPv6 loopback", "connect ECONNREFUSED ::1:43211", "connect ECONNREFUSED ::1:<port>"},
		{"port property", "  port: 43211\n", "  port: <port>\n"},
		{"a script's own port", "127.0.0.1:10000 port: 80", "127.0.0.1:10000 port: 80"},
		{"date", "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", "Date: <date>\n"},
		{"timing", "load: 1.234ms, 5ms, 1.203s", "load: <time>, <time>, <time>"},
		{"no timing", "1s 12 items", "1s 12 items"},
		{"trailer", "\nNode.js v24.12.0\n", "\n<version>\n"},
		{"folder", "at /home/me/cases/a.js:1:2", "at <dir>/a.js:1:2"},
		{
			"frames",
			"Error: x\n    at f (/home/me/cases/a.js:1:2)\n    at node:internal/main:1:2\n    at Server.emit (node:events:519:28)\n    at async g (/home/me/cases/a.js:3:4)\n",
			"Error: x\n    at <dir>/a.js:1:2\n    at <dir>/a.js:3:4\n",
		},
		{
			"frames before properties",
			"Error: connect\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16) {\n  errno: -111\n}\n",
			"Error: connect {\n  errno: -111\n}\n",
		},
		{
			"lines left out before a cause",
			"Error: outer\n    at /home/me/cases/a.js:1:2\n    ... 6 lines matching cause stack trace ...\n    at node:internal/main:1:2 {\n  [cause]: Error: inner\n}\n",
			"Error: outer\n    at <dir>/a.js:1:2 {\n  [cause]: Error: inner\n}\n",
		},
		{"eval's frames", "    at [eval]:1:7\n    at [eval]-wrapper:6:24\n", "    at [eval]:1:7\n"},
		{"program", "/usr/bin/node: bad option: -x\n", "<program>: bad option: -x\n"},
		{"a longer path", "at /usr/bin/node-scripts/a.js:1:2", "at /usr/bin/node-scripts/a.js:1:2"},
		{
			"excerpt of the runtime",
			"node:events:486\n      throw er; // Unhandled 'error' event\n      ^\n\nError: x\n",
			"\nError: x\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := normalise(test.in, "/usr/bin/node", "/home/me/cases", false); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			if again := normalise(test.want, "/usr/bin/node", "/home/me/cases", false); again != test.want {
				t.Errorf("not stable: %q", again)
			}
		})
	}
}

func TestNormaliseEngineMessages(t *testing.T) {
	in := "a.js:1\nlet 1\n    ^\n\nSyntaxError: Invalid or unexpected token\n"
	want := "a.js:1\nlet 1\n^\n\nSyntaxError: <engine's message>\n"
	if got := normalise(in, "", "", true); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := normalise(in, "", "", false); got != in {
		t.Errorf("changed without being asked: %q", got)
	}
}
