package jsbind

import (
	"context"
	"fmt"
	"os"
	"runtime/metrics"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/jsbind/modules/workerthreadsmod"
)

// spawn starts a worker on a goroutine of its own.
func (r *Runtime) spawn(t *workerthreadsmod.Thread) { go r.work(t) }

// work is a worker's goroutine.
func (r *Runtime) work(t *workerthreadsmod.Thread) {
	var child *workerthreadsmod.Child
	w, err := New(Options{Argv: t.Argv, ExecArgv: t.ExecArgv, Import: r.imports, OnFile: r.loader.OnFile, process: &processmod.Options{
		Environment: t.Environment, Worker: true, Fatal: func(v goja.Value) { child.Fatal(v) },
	}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		workerthreadsmod.Unreachable(t.ID)
		t.Ended(1)
		return
	}
	w.loader.SetHooks(r.loader.Hooks())
	w.hooks.Stopped = t.Stopped()
	child = workerthreadsmod.NewChild(w.rt, t)
	if t.Limits.Stack > 0 && t.Limits.Given {
		w.rt.VM.SetMaxCallStackSize(int(min(float64(maxCallStack), t.Limits.Stack/4*maxCallStack)))
	}
	code := 1
	defer workerthreadsmod.Unreachable(t.ID)
	if t.Started(w.rt) {
		if t.Limits.Given {
			go watchMemory(t)
		}
		// The loop turns already when the program begins.
		w.loop.Hold()
		w.rt.Post(child.Start)
		w.rt.Post(func() {
			w.loop.Release()
			w.Preload(preloads(t.ExecArgv, r.preload))
			w.begin(t)
		})
		defer workerthreadsmod.Reachable(w.rt, t.ID)()
		code, _ = w.Run(context.Background())
	}
	workerthreadsmod.TerminateAll(w.rt)
	child.Finish()
	_ = w.Close()
	t.Ended(code)
}

// begin runs a worker's program.
func (r *Runtime) begin(t *workerthreadsmod.Thread) {
	switch t.Kind {
	case "file":
		r.RunFile(t.Text)
	case "module":
		r.main(func() { r.evalModule(t.Text, nil) })
	default:
		r.Eval("[worker eval]", t.Text, nil)
	}
}

// preloads returns the modules that options require, or those of the parent.
func preloads(options, inherited []string) []string {
	var out []string
	for i, o := range options {
		name, value, ok := strings.Cut(o, "=")
		switch {
		case name == "--require" && ok:
			out = append(out, value)
		case (o == "-r" || o == "--require") && i+1 < len(options):
			out = append(out, options[i+1])
		}
	}
	if out == nil {
		return inherited
	}
	return out
}

// watchMemory ends a worker once the program has used more memory since it
// started than its resourceLimits allow. The engine does not count a runtime's
// memory, so that of the whole program is looked at.
func watchMemory(t *workerthreadsmod.Thread) {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	used := func() float64 {
		metrics.Read(s)
		return float64(s[0].Value.Uint64()) / (1 << 20)
	}
	start := used()
	for t.Running() {
		if used() > start+t.Limits.Old+t.Limits.Young {
			t.OutOfMemory()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}
