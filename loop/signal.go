package loop

import (
	"os"
	"os/signal"
)

// SignalHandle delivers one signal to the loop.
type SignalHandle struct {
	Handle
	ch chan os.Signal
}

// signalBacklog is how many signals wait for the loop before the system's
// delivery drops more, as a process's pending signals do.
const signalBacklog = 16

// Signal calls fn on the loop, as a call-out, for each sig that the process
// receives, until the handle is closed. It keeps the loop alive unless Unref is
// called (as process.on does). While any handle of a signal is open the
// signal's default action does not happen; every handle gets it.
func (l *Loop) Signal(sig os.Signal, fn func(os.Signal)) *SignalHandle {
	s := &SignalHandle{ch: make(chan os.Signal, signalBacklog)}
	s.Init(l, "SignalWrap")
	s.Owner = s
	s.Start()
	signal.Notify(s.ch, sig)
	go func() {
		for sig := range s.ch {
			l.Post(func() {
				if s.Active() {
					s.Callback(Func(func() { fn(sig) }))
				}
			})
		}
	}()
	return s
}

// Close stops the delivery; fn is not called any more. Closing twice is
// allowed.
func (s *SignalHandle) Close() {
	if !s.Active() {
		return
	}
	s.Stop()
	signal.Stop(s.ch) // nothing is sent on ch after this returns
	close(s.ch)
	s.End()
}
