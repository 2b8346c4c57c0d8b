package http

import "github.com/spindle-js/spindle/events"

// An agent's 'keylog' event (https://nodejs.org/docs/latest-v24.x/api/https.html#event-keylog)
// is its sockets' own, with the socket as the last argument. Sockets are listened
// to from the agent's first 'keylog' listener on.

// watchKeylog waits for that listener.
func (a *Agent) watchKeylog() {
	var l *events.Listener
	l = shared("maybeEnableKeylog", func(_ any, args []any) {
		if key, ok := args[0].(events.Key); a.keylog != nil || !(ok && key == keylogKey || args[0] == any("keylog")) {
			return
		}
		a.RemoveListener(events.Name("newListener"), l)
		a.keylog = shared("onkeylog", func(self any, args []any) { a.Emit("keylog", append(append([]any{}, args...), self)...) })
		for _, t := range []*Table[Conn]{&a.Sockets, &a.FreeSockets} {
			for _, name := range t.Names() {
				for _, c := range t.List(name) {
					c.AsStream().AddListener(keylogKey, a.keylog, false)
				}
			}
		}
	})
	l.Length = 1
	a.AddListener(events.Name("newListener"), l, false)
}

var keylogKey = events.Name("keylog")
