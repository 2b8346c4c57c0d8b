package loop_test

import (
	"context"
	"slices"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

// traced notes what a loop tells its tracker.
type traced struct{ told []string }

func (t *traced) Queued(task loop.Task) loop.Task { t.told = append(t.told, "queued"); return task }
func (t *traced) Ticked(task loop.Task) loop.Task { t.told = append(t.told, "ticked"); return task }
func (t *traced) Begin(kind string, trigger any) any {
	if cause, ok := trigger.(string); ok {
		kind += " of " + cause
	}
	t.told = append(t.told, "begin "+kind)
	return kind
}
func (t *traced) Run(c any, task loop.Task) {
	t.told = append(t.told, "run "+c.(string))
	task.Run()
}
func (t *traced) End(c any) { t.told = append(t.told, "end "+c.(string)) }
func (t *traced) Check()    {}

func TestTrackerIsToldOfHandlesAndRequests(t *testing.T) {
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	x := &traced{}
	l.SetTracker(x)
	nothing := loop.Func(func() {})
	var server, client loop.Handle
	server.InitAs(l, "PipeWrap", "PipeServerWrap")
	client.InitFor(&server, "PipeWrap")
	var r loop.Request
	r.StartFor(&client, "WriteWrap")
	r.Done()
	r.Callback(nothing)
	r.Callback(nothing)
	client.Callback(nothing)
	client.Grab()
	client.End()
	client.End()
	client.Callback(nothing)
	var a loop.Async
	a.Run(nothing)
	a.Begin(l, "Parser", &server)
	a.Run(nothing)
	a.End()
	a.Run(nothing)
	l.NextTick(nothing)
	l.SetImmediate(nothing)
	if err := l.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"begin PipeServerWrap", "begin PipeWrap of PipeServerWrap", "begin WriteWrap of PipeWrap of PipeServerWrap",
		"run WriteWrap of PipeWrap of PipeServerWrap", "end WriteWrap of PipeWrap of PipeServerWrap",
		"run PipeWrap of PipeServerWrap", "end PipeWrap of PipeServerWrap", "begin PipeWrap", "end PipeWrap",
		"begin Parser of PipeServerWrap", "run Parser of PipeServerWrap", "end Parser of PipeServerWrap", "ticked", "queued",
	}
	if !slices.Equal(x.told, want) {
		t.Errorf("told %q\nwant %q", x.told, want)
	}
}
