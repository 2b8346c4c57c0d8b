package loop_test

import (
	"os"
	"syscall"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

func TestSignal(t *testing.T) {
	r := newRig(t)
	var a, b *loop.SignalHandle
	got := 0
	each := func(s *loop.SignalHandle, name string) {
		r.say(name).Run()
		r.NextTick(r.say("tick"))
		s.Close()
		s.Close()
		if got++; got == 2 && r.Alive() {
			t.Error("alive:", r.WhyAlive())
		}
	}
	a = r.Signal(syscall.SIGUSR2, func(sig os.Signal) {
		if sig != syscall.SIGUSR2 {
			t.Error("got", sig)
		}
		each(a, "sig")
	})
	b = r.Signal(syscall.SIGUSR2, func(os.Signal) { each(b, "sig") })
	if err := syscall.Kill(os.Getpid(), syscall.SIGUSR2); err != nil {
		t.Fatal(err)
	}
	r.run()
	r.want("sig tick sig tick")
}

func TestSignalUnref(t *testing.T) {
	r := newRig(t)
	s := r.Signal(syscall.SIGUSR2, func(os.Signal) { t.Error("signal") })
	s.Unref()
	r.run()
	if s.HasRef() || !s.Active() || s.Kind() != "SignalWrap" {
		t.Error("HasRef", s.HasRef(), "Active", s.Active(), "Kind", s.Kind())
	}
	// Close of the loop stops the delivery.
}
