package processmod

import (
	"io"
	"os"
	"slices"
	"sync/atomic"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/loop"
)

// Options say what the process object shows and where it prints.
type Options struct {
	Argv     []string // process.argv
	ExecArgv []string
	Flags    []string // ExecArgv, after the options of NODE_OPTIONS
	ExecPath string
	Title    string
	// Environment is what process.env shows, by default that of the process.
	Environment Environment
	// Fatal, if set, takes the exception that ends a worker, in place of
	// printing it. Worker says that this is one.
	Fatal  func(v goja.Value)
	Worker bool
	// Secondary says that standard input is another runtime's.
	Secondary bool
	Stderr    io.Writer
}

// Process is the state behind the process object of one runtime.
type Process struct {
	rt   *bind.Runtime
	opt  Options
	Obj  *goja.Object
	env  goja.Value
	cls  *bind.Class
	exit exitState

	stdio   stdio
	signals map[string]*loop.SignalHandle
	term    atomic.Bool // a listener of the program's has SIGTERM

	rejections rejections
	warned     map[string]bool
	disabled   []string // warnings that are not printed, by name or code
	source     syntaxPlace
	sources    map[string]source // texts without a file, by name
}

type processKey struct{}

// New makes the process object. Its events are those of an EventEmitter.
func New(rt *bind.Runtime, opt Options) *Process {
	if opt.Stderr == nil {
		opt.Stderr = os.Stderr
	}
	if opt.Flags == nil {
		opt.Flags = opt.ExecArgv
	}
	rt.PendingDeprecation = slices.Contains(opt.Flags, "--pending-deprecation") || os.Getenv("NODE_PENDING_DEPRECATION") == "1"
	if opt.Environment == nil {
		opt.Environment = systemEnvironment{}
	}
	p := &Process{rt: rt, opt: opt, warned: map[string]bool{}}
	emitter := rt.ClassOf("events.EventEmitter")
	p.cls = rt.NewClass(bind.ClassDef{Name: "process", Parent: emitter, New: func(this *goja.Object, _ []goja.Value) *goja.Object {
		return nil
	}})
	_ = p.cls.Ctor.DefineDataProperty("name", rt.VM.ToValue("process"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	p.Obj = rt.VM.CreateObject(p.cls.Proto)
	rt.Call(emitter.Ctor, p.Obj)
	rt.SetValue(processKey{}, p)
	p.identity()
	p.ticks()
	p.exiting()
	p.warnings()
	p.times()
	p.system()
	p.standardStreams()
	p.cpu()
	p.credentials()
	p.handles()
	p.scripted()
	p.signalEvents()
	p.printWarnings()
	p.trackRejections()
	if opt.Worker {
		p.restrict()
	}
	p.cls.Seal()
	rt.Uncaught = p.uncaught
	rt.AfterTicks = p.afterTicks
	rt.Warn = p.Warn
	rt.WarnNow = func(message, name string) { p.emit("warning", p.newWarning(message, name)) }
	return p
}

// Of returns the process of a runtime.
func Of(rt *bind.Runtime) *Process {
	p, _ := rt.Value(processKey{}).(*Process)
	return p
}

// Load returns the process object, as require('process') does.
func Load(rt *bind.Runtime) goja.Value { return Of(rt).Obj }

func (p *Process) method(name string, n int, f bind.Method) {
	_ = p.Obj.Set(name, p.rt.Func(name, n, f))
}

// emit is process.emit(name, ...args).
func (p *Process) emit(name string, args ...goja.Value) bool {
	fn := p.Obj.Get("emit")
	return p.rt.Call(fn, p.Obj, append([]goja.Value{p.rt.VM.ToValue(name)}, args...)...).ToBoolean()
}

// ticks is process.nextTick: Go and JavaScript share one queue.
func (p *Process) ticks() {
	p.method("nextTick", 1, func(c goja.FunctionCall) goja.Value {
		if p.exit.done {
			return goja.Undefined()
		}
		t := &tick{fn: p.rt.Callable(p.rt.Function(c.Argument(0), "callback"))}
		if len(c.Arguments) > 1 {
			t.args = append([]goja.Value(nil), c.Arguments[1:]...)
		}
		p.rt.Loop.NextTick(t)
		return goja.Undefined()
	})
}

type tick struct {
	fn   bind.Method
	args []goja.Value
}

// AsyncType names the tick for async_hooks.
func (t *tick) AsyncType() string { return "TickObject" }

// Run calls the tick's function; the loop calls it.
func (t *tick) Run() {
	t.fn(goja.FunctionCall{This: goja.Undefined(), Arguments: t.args})
}
