package http

import (
	"sync/atomic"
	"time"
)

// dateLine is the Date header's line of one second, shared by all loops.
type dateLine struct {
	second int64
	line   string
}

var currentDate atomic.Pointer[dateLine]

// dateHeader returns "Date: …\r\n" for now (RFC 9110, section 6.6.1), made once
// a second.
func dateHeader() string {
	now := time.Now()
	if d := currentDate.Load(); d != nil && d.second == now.Unix() {
		return d.line
	}
	d := &dateLine{now.Unix(), "Date: " + now.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT") + "\r\n"}
	currentDate.Store(d)
	return d.line
}
