package http

import (
	"sync/atomic"
	"time"

	"github.com/spindle-js/spindle/loop"
)

// dateLine is the Date header's line of one second, shared by all loops. The one
// that made it knows by its own time, without asking the clock, how long it
// holds.
type dateLine struct {
	second int64
	line   string
	loop   *loop.Loop
	until  int64 // loop time, ms
}

var currentDate atomic.Pointer[dateLine]

// dateHeader returns "Date: …\r\n" for now (RFC 9110, section 6.6.1), made once
// a second.
func dateHeader(l *loop.Loop) string {
	d := currentDate.Load()
	if d != nil && d.loop == l && l.Now() < d.until {
		return d.line
	}
	now := time.Now()
	if d != nil && d.second == now.Unix() {
		return d.line
	}
	d = &dateLine{
		now.Unix(), "Date: " + now.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT") + "\r\n",
		l, l.Now() + 1000 - int64(now.Nanosecond()/1e6),
	}
	currentDate.Store(d)
	return d.line
}
