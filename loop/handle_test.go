package loop_test

import (
	"context"
	"slices"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

func TestHandleCounts(t *testing.T) {
	type step struct {
		do     string
		alive  bool
		active bool
	}
	tests := [][]step{
		{{"start", true, true}, {"start", true, true}, {"stop", false, false}, {"stop", false, false}},
		{{"unref", false, false}, {"start", false, true}, {"ref", true, true}, {"ref", true, true}, {"stop", false, false}},
		{{"start", true, true}, {"unref", false, true}, {"unref", false, true}, {"stop", false, false}, {"ref", false, false}, {"start", true, true}, {"stop", false, false}},
	}
	for _, steps := range tests {
		r := newRig(t)
		var h loop.Handle
		h.Stop() // before Init
		h.Init(r.Loop, "TCPSocketWrap")
		for i, s := range steps {
			map[string]func(){"start": h.Start, "stop": h.Stop, "ref": h.Ref, "unref": h.Unref}[s.do]()
			if r.Alive() != s.alive || h.Active() != s.active {
				t.Errorf("step %d %s: alive %v active %v", i, s.do, r.Alive(), h.Active())
			}
		}
		if n := len(r.Stats().Live); n != 0 {
			t.Errorf("%d kinds live at the end", n)
		}
		if h.Loop() != r.Loop || h.Kind() != "TCPSocketWrap" {
			t.Error("Loop or Kind")
		}
	}
}

// TestActiveResources is a script for which Node prints this list: requests,
// handles, timers (the one whose callback runs among them), immediates.
func TestActiveResources(t *testing.T) {
	r := newRig(t)
	var tcp, pipe, idle loop.Handle
	var fs, dns loop.Request
	r.timeout(200, loop.Func(func() {
		pipe.Init(r.Loop, "PipeWrap")
		pipe.Owner = "stdout"
		pipe.Start()
		tcp.Init(r.Loop, "TCPServerWrap")
		tcp.Start()
		idle.Init(r.Loop, "TCPSocketWrap")
		idle.Owner = "socket"
		idle.Unref()
		idle.Start()
		fs.Owner = "request"
		fs.Start(r.Loop, "FSReqCallback")
		fs.Start(r.Loop, "FSReqCallback")
		dns.Start(r.Loop, "GetAddrInfoReqWrap")
		late := r.timeout(100, r.say("late"))
		r.timeout(100, r.say("unref")).Unref()
		im := r.SetImmediate(r.say("imm"))
		r.SetImmediate(r.say("unref")).Unref()
		want := []string{"FSReqCallback", "GetAddrInfoReqWrap", "PipeWrap", "TCPServerWrap", "Timeout", "Timeout", "Immediate"}
		if got := r.ActiveResources(); !slices.Equal(got, want) {
			t.Errorf("active resources:\n got %v\nwant %v", got, want)
		}
		why := []string{"FSReqCallback: 1", "GetAddrInfoReqWrap: 1", "PipeWrap: 1", "TCPServerWrap: 1", "Timeout: 2", "Immediate: 1"}
		if got := r.WhyAlive(); !slices.Equal(got, why) {
			t.Errorf("why alive:\n got %v\nwant %v", got, why)
		}
		live := r.Stats().Live
		if live["TCPSocketWrap"] != 1 || live["Timeout"] != 3 || live["Immediate"] != 2 {
			t.Errorf("live: %v", live)
		}
		if got := r.ActiveHandles(); !slices.Equal(got, []any{"stdout", "socket"}) {
			t.Errorf("handles: %v", got)
		}
		if got := r.ActiveRequests(); !slices.Equal(got, []any{"request"}) {
			t.Errorf("requests: %v", got)
		}
		pipe.Stop()
		tcp.Stop()
		idle.Stop()
		fs.Done()
		fs.Done()
		dns.Done()
		late.Close()
		im.Clear()
	}))
	r.run()
	r.want("")
	if why := r.WhyAlive(); why != nil {
		t.Errorf("why alive at the end: %v", why)
	}
}

func TestHoldAndQueuesKeepAlive(t *testing.T) {
	r := newRig(t)
	r.Hold()
	r.QueuePending(r.say("p"))
	r.QueueClose(r.say("c"))
	want := []string{"hold: 1", "pending task: 1", "closing task: 1"}
	if got := r.WhyAlive(); !slices.Equal(got, want) {
		t.Errorf("why alive: %v", got)
	}
	r.timeout(5, loop.Func(r.Release))
	r.run()
	r.want("p c")
	defer func() {
		if recover() == nil {
			t.Error("Release without Hold did not panic")
		}
	}()
	r.Release()
}

func TestUnrefImmediateDoesNotStopTheWait(t *testing.T) {
	r := newRig(t)
	im := r.SetImmediate(r.say("imm"))
	im.Unref()
	r.run()
	r.want("")
	if !im.Active() || im.HasRef() {
		t.Error("Active", im.Active(), "HasRef", im.HasRef())
	}
	im.Ref()
	im.Start(r.Loop, r.say("again")) // queued already
	r.run()
	r.want("imm")
	im.Clear()
	im.Unref()
	im.Ref()
	if r.Alive() {
		t.Error("alive:", r.WhyAlive())
	}
}

func TestStats(t *testing.T) {
	r := newRig(t)
	if s := r.Stats(); s.Started != 0 || s.Iterations != 0 || s.Utilization != 0 {
		t.Errorf("before Run: %+v", s)
	}
	r.busy(7)
	r.timeout(30, loop.Func(func() { r.busy(10) }))
	r.run()
	s := r.Stats()
	if s.Started.Milliseconds() != 7 || s.Idle.Milliseconds() != 30 || s.Active.Milliseconds() != 10 || s.Utilization != 0.25 {
		t.Errorf("started %v idle %v active %v utilization %v", s.Started, s.Idle, s.Active, s.Utilization)
	}
	if s.Iterations == 0 { // how many depends on when Advance's wake is noticed
		t.Error("no iterations")
	}
}

func TestValueAndBuffer(t *testing.T) {
	r := newRig(t)
	if r.Value() != nil {
		t.Error("a value before SetValue")
	}
	r.SetValue(r)
	if r.Value() != any(r) {
		t.Error("the value changed")
	}
	if b := r.ReadBuffer(); len(b) != 64<<10 || &b[0] != &r.ReadBuffer()[0] {
		t.Error("read buffer")
	}
	b := r.ReadBuffer()
	if p := r.KeepRead(b[100:200]); &p[0] == &b[100] || cap(p) != 100 || &r.ReadBuffer()[0] != &b[0] {
		t.Error("a small part was not copied")
	}
	if p := r.KeepRead(b[100:60000]); &p[0] != &b[100] || cap(p) != len(p) || &r.ReadBuffer()[0] == &b[0] {
		t.Error("a large part was copied")
	}
	if p := r.KeepRead(b[100:60000]); &p[0] == &b[100] {
		t.Error("memory that is not the loop's any more was not copied")
	}
	b = r.ReadBuffer()
	if r.LendRead(b[:100]) || r.LendRead(make([]byte, len(b))) || !r.LendRead(b) {
		t.Error("what can be lent")
	}
	if r.ReturnRead(); &r.ReadBuffer()[0] != &b[0] {
		t.Error("returned, and not used again")
	}
	if r.LendRead(b); &r.ReadBuffer()[0] == &b[0] {
		t.Error("used while it is lent")
	}
	b = r.ReadBuffer()
	r.LendRead(b)
	r.ShowRead()
	if r.ReturnRead(); &r.ReadBuffer()[0] == &b[0] {
		t.Error("used after it was shown")
	}
	if err := r.Run(context.Background()); err != nil {
		t.Error(err)
	}
}
