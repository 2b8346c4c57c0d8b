package jsbind

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/jsbind/loader"
	"github.com/spindle-js/spindle/jsbind/modules/buffermod"
	"github.com/spindle-js/spindle/jsbind/modules/childprocessmod"
	"github.com/spindle-js/spindle/jsbind/modules/clustermod"
	"github.com/spindle-js/spindle/jsbind/modules/dgrammod"
	"github.com/spindle-js/spindle/jsbind/modules/eventsmod"
	"github.com/spindle-js/spindle/jsbind/modules/httpmod"
	"github.com/spindle-js/spindle/jsbind/modules/messagingmod"
	"github.com/spindle-js/spindle/jsbind/modules/navigatormod"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/jsbind/modules/replmod"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/jsbind/modules/testmod"
	"github.com/spindle-js/spindle/jsbind/modules/timersmod"
	"github.com/spindle-js/spindle/jsbind/modules/tlsmod"
	"github.com/spindle-js/spindle/jsbind/modules/urlmod"
	"github.com/spindle-js/spindle/jsbind/modules/utilmod"
	"github.com/spindle-js/spindle/jsbind/modules/workerthreadsmod"
	"github.com/spindle-js/spindle/loop"
)

// Options configure a Runtime. The zero value is a runtime with a loop of its
// own that shows the embedding program's arguments.
type Options struct {
	// Loop is the loop to run on; nil makes one, which Close closes.
	Loop *loop.Loop
	// Argv is process.argv, ExecArgv process.execArgv.
	Argv, ExecArgv []string
	// Flags are all options that hold: those of NODE_OPTIONS, then ExecArgv, which
	// they are by default.
	Flags []string
	// Stderr takes warnings and uncaught exceptions; os.Stderr by default.
	Stderr io.Writer
	// Import are ECMAScript modules to load before the main one, as --import
	// does.
	Import []string
	// Env are "name=value" pairs: a process.env of the runtime's own. nil shows
	// the environment of the process, which a program then may change.
	Env []string
	// Secondary says that standard input belongs to another runtime of the
	// process: process.stdin has ended.
	Secondary bool
	// OnFile, if set, is told of each file of a module that is loaded.
	OnFile func(path string)
	// MemoryLimit is how many bytes the program may hold; 0 for any number. It is
	// what engine.Size counts, and looked at only once the process as a whole has
	// grown by as much.
	MemoryLimit int64
	// TurnLimit is how long one turn may take: a callback of the loop's with the
	// ticks and microtasks that follow it; 0 for any time. A limit for the whole
	// run is a context of Run's. Both hold from New to Close.
	TurnLimit time.Duration

	process *processmod.Options // what a worker's process differs in
}

// Runtime is JavaScript on a loop, with Node's globals and modules. It belongs
// to the goroutine that calls its methods and Run; only Post may be called from
// another.
type Runtime struct {
	rt       *bind.Runtime
	hooks    *lang.Hooks
	loop     *loop.Loop
	ownsLoop bool
	loader   *loader.Loader
	process  *processmod.Process
	imports  []string
	options  loader.Options
	stderr   io.Writer

	memory  int64         // Options.MemoryLimit
	turn    time.Duration // Options.TurnLimit
	unwatch func()        // ends the watch of both
	flags   []string      // all options that hold
	worker  bool
	preload []string // modules that were required before the main one
	forget  func()   // makes the runtime unreachable for other threads

	lazyNames map[string]bool // globals that are loaded when they are touched
}

// maxCallStack bounds recursion in code that engine.Tune did not see.
const maxCallStack = engine.MaxDepth + 1000

// New makes a Runtime.
func New(o Options) (*Runtime, error) {
	vm := goja.New()
	if err := engine.Learn(vm); err != nil {
		return nil, err
	}
	if o.Flags == nil {
		o.Flags = o.ExecArgv
	}
	l, owns := o.Loop, false
	if l == nil {
		var err error
		if l, err = loop.New(); err != nil {
			return nil, err
		}
		owns = true
	}
	vm.SetMaxCallStackSize(maxCallStack)
	hooks := lang.Install(vm)
	rt := bind.New(vm, l)
	rt.SetValue(lang.Key{}, hooks)
	rt.Flags = o.Flags
	rt.NewDOMException = hooks.NewDOMException
	rt.AsyncIteratorPrototype = hooks.AsyncIteratorPrototype
	cloneHooks(rt, hooks)
	hooks.Post = func(f func()) { rt.Post(f) }
	r := &Runtime{rt: rt, hooks: hooks, flags: o.Flags, loop: l, ownsLoop: owns, imports: o.Import, options: loader.ParseOptions(o.Flags), stderr: o.Stderr}
	if r.stderr == nil {
		r.stderr = os.Stderr
	}
	r.memory, r.turn = o.MemoryLimit, o.TurnLimit
	if r.memory > 0 || r.turn > 0 {
		rt.Turn = new(atomic.Int64)
	}
	r.options.Import = r.options.Import || len(o.Import) > 0
	rt.Stderr = r.stderr
	l.SetValue(rt)
	eventsmod.Define(rt)
	exe, _ := os.Executable()
	argv := o.Argv
	if argv == nil {
		argv = append([]string{exe}, os.Args[1:]...)
	}
	po := processmod.Options{}
	if o.process != nil {
		po = *o.process
	}
	if o.Env != nil {
		po.Environment = processmod.NewEnvironment(o.Env)
	}
	po.Secondary = o.Secondary
	po.Argv, po.ExecArgv, po.Flags, po.ExecPath, po.Title, po.Stderr = argv, o.ExecArgv, o.Flags, exe, title(), o.Stderr
	r.process = processmod.New(rt, po)
	workerthreadsmod.SetSpawner(rt, r.spawn)
	r.worker = po.Worker
	if !po.Worker {
		r.forget = workerthreadsmod.Reachable(rt, 0)
	}
	if slices.Contains(po.Flags, "--expose-gc") || slices.Contains(po.Flags, "--expose_gc") {
		_ = vm.GlobalObject().DefineDataProperty("gc", rt.Func("gc", 1, func(goja.FunctionCall) goja.Value {
			runtime.GC()
			return goja.Undefined()
		}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	r.loader = loader.New(rt, hooks, newBuiltins(rt), r.options)
	rt.DefineClass = func(class string) {
		switch name, _, _ := strings.Cut(class, "."); name {
		case "dgram":
			dgrammod.Define(rt)
		case "http":
			httpmod.Define(rt)
		case "net":
			netmod.Define(rt)
		case "stream":
			streammod.Define(rt)
		case "tls":
			tlsmod.Define(rt)
		}
	}
	rt.MakeBuffer = func(p []byte) *goja.Object {
		buffermod.Define(rt) // replaces MakeBuffer
		return rt.MakeBuffer(p)
	}
	r.loader.OnFile = o.OnFile
	r.loader.OnSyntaxError = r.process.SyntaxError
	hooks.JSONError, hooks.IsPlain = r.process.JSONError, r.process.IsEnv
	rt.ThrowSyntax = r.loader.ThrowSyntax
	rt.AddSource, rt.Excerpt = r.process.MovedSource, r.process.Excerpt
	r.loader.NewHooksThread = r.newHooksThread
	r.loader.OnEntryError = rt.RejectedLater
	r.loader.OnSource = r.process.Source
	r.globals()
	utilmod.InstallDebug(rt)
	childprocessmod.Attach(rt)
	clustermod.Attach(rt)
	r.startFlags(o.Flags)
	r.netFlags(o.Flags)
	r.httpFlags(o.Flags)
	r.unwatch = r.watchLimits()
	return r, nil
}

// Loop returns the runtime's loop.
func (r *Runtime) Loop() *loop.Loop { return r.loop }

// VM returns the engine, for values that this package has no door for. It may
// be used only on the loop's goroutine and inside Do.
func (r *Runtime) VM() *goja.Runtime { return r.rt.VM }

// Bind returns what bindings of one's own are built with.
func (r *Runtime) Bind() *bind.Runtime { return r.rt }

// Post runs fn on the loop, as a call-out; it may be called from any goroutine.
func (r *Runtime) Post(fn func()) bool { return r.rt.Post(fn) }

// Close ends what the program has left: its worker threads, message ports, locks.
// If the runtime made the loop it is closed, and the descriptors under its watch
// with it, but for the standard ones: peers see the end of their connections.
func (r *Runtime) Close() error {
	r.unwatch()
	if r.forget != nil {
		r.forget()
	}
	workerthreadsmod.TerminateAll(r.rt)
	messagingmod.CloseAll(r.rt)
	navigatormod.ReleaseAll(r.rt)
	if !r.ownsLoop {
		return nil
	}
	open := r.loop.Watched()
	if err := r.loop.Close(); err != nil {
		return err
	}
	for _, fd := range open {
		if fd > 2 {
			_ = syscall.Close(fd)
		}
	}
	return nil
}

// Do runs fn as one call-out of the loop: JavaScript may be called in it, and
// ticks and microtasks are drained after it. Exceptions go the way of uncaught
// ones.
func (r *Runtime) Do(fn func()) { r.loop.Callback(loop.Func(fn)) }

// globals fills the global object; what is not always needed is loaded when
// first touched.
func (r *Runtime) globals() {
	vm, g := r.rt.VM, r.rt.VM.GlobalObject()
	_ = g.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("global"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = g.Set("global", g)
	_ = g.DefineDataProperty("process", r.process.Obj, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	timersmod.Install(r.rt)
	urlmod.Globals(r.rt, g)
	for _, name := range []string{
		"clearImmediate", "setImmediate", "clearInterval", "clearTimeout", "setInterval", "setTimeout", "queueMicrotask", "structuredClone",
	} { // in the order in which Node lists them
		if v := g.Get(name); v != nil {
			_ = g.Delete(name)
			_ = g.Set(name, v)
		}
	}
	r.lazyNames = map[string]bool{}
	for _, name := range []string{"AsyncDisposableStack", "Atomics", "DisposableStack", "DOMException", "Float16Array", "Intl", "SuppressedError"} {
		r.lazyNames[name] = true // made by package lang
	}
	_ = g.Delete("GoError") // the engine's own
	for _, l := range lazyGlobals {
		if l.flag != "" && !slices.Contains(r.flags, l.flag) || l.without != "" && slices.Contains(r.flags, l.without) {
			continue
		}
		r.lazyNames[l.name] = true
		r.lazy(l)
	}
	r.describeGlobals()
}

// lazyGlobal is a global that is a module's export, or one of what load returns,
// made when touched.
type lazyGlobal struct {
	name, module, export string
	load                 func(*bind.Runtime) goja.Value
	enumerable           bool
	// accessor says that the property stays an accessor.
	accessor bool
	// flag is the option that the global needs, without the one that takes it
	// away.
	flag, without string
}

func (r *Runtime) lazy(l lazyGlobal) {
	g := r.rt.VM.GlobalObject()
	replace := func(v goja.Value) {
		_ = g.DefineDataProperty(l.name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.ToFlag(l.enumerable))
	}
	setter := func(_, v goja.Value) { replace(v) }
	if l.name == "navigator" {
		setter = nil
	}
	r.rt.Accessor(g, l.name, func(goja.Value) goja.Value {
		var v goja.Value
		if l.load != nil {
			v = l.load(r.rt)
		} else {
			v = r.rt.Require(l.module)
		}
		if l.export != "" {
			v = v.(*goja.Object).Get(l.export)
		}
		if !l.accessor {
			replace(v)
		}
		return v
	}, setter, l.enumerable)
}

// Run turns the loop until nothing is alive, the script exits or ctx ends, and
// returns the exit code. 'beforeExit' and 'exit' are emitted as Node does, but not
// where the program was stopped: by ctx, whose error is returned then, by a limit
// of Options, a *LimitError, or by Interrupt. JavaScript is stopped within its
// loops; a built-in function is stopped when it returns.
func (r *Runtime) Run(ctx context.Context) (int, error) {
	defer context.AfterFunc(ctx, func() { r.rt.VM.Interrupt(ctx.Err()) })()
	for !r.rt.Exited() {
		if err := r.loop.Run(ctx); err != nil {
			return r.process.Code(), err
		}
		if r.rt.Exited() {
			break
		}
		r.process.BeforeExit()
		if !r.loop.Alive() {
			break
		}
	}
	if err := r.rt.Interrupted(); err != nil {
		if ctx.Err() != nil {
			return r.process.Code(), ctx.Err()
		}
		return r.process.Code(), stopped(err)
	}
	unsettled := r.loader.Unsettled() && !r.rt.Exited()
	if unsettled {
		r.process.Unsettled()
	}
	code := r.process.Finish()
	if unsettled && code == processmod.UnsettledCode {
		r.loader.WarnUnsettled(r.stderr)
	}
	return code, nil
}

// RunFile loads file as the main module. The loop is turned by Run.
func (r *Runtime) RunFile(file string) {
	abs, err := filepath.Abs(file)
	if err == nil {
		file = abs
	}
	r.main(func() { r.loader.RunMain(file) })
}

// main runs the program's entry after the modules of --import.
func (r *Runtime) main(entry func()) {
	r.Do(func() {
		r.loader.StartLoaders()
		if len(r.imports) == 0 {
			entry()
			return
		}
		r.loader.Import(r.imports, entry)
	})
}

// Preload requires modules before the main one, as -r does.
func (r *Runtime) Preload(names []string) {
	r.preload = names
	if len(names) > 0 {
		r.Do(func() { r.loader.Preload(names) })
	}
}

// Eval runs text as -e does and, if print is set, hands its completion value
// over.
func (r *Runtime) Eval(name, src string, print func(goja.Value)) {
	r.main(func() {
		if strings.HasSuffix(r.options.InputType, "-typescript") {
			src = r.loader.StripInput(src)
		}
		if strings.HasPrefix(r.options.InputType, "module") {
			r.evalModule(src, print)
			return
		}
		prg, err := lang.Compile(name, src, lang.Eval)
		if err != nil && r.options.InputType == "" {
			module := r.loader.IsModuleText(err, src)
			prg2, src2, err2 := r.evalTypes(name, src, err, module)
			if module = module || err2 != nil && src2 != "" && r.loader.IsModuleText(err2, src2); module {
				if src2 != "" {
					src = src2
				}
				r.evalModule(src, print)
				return
			}
			prg, err = prg2, err2
		}
		r.moduleGlobals()
		m := r.loader.Anonymous(name)
		g := r.rt.VM.GlobalObject()
		_ = g.Set("module", m)
		_ = g.Set("exports", m.Get("exports"))
		_ = g.Set("require", r.loader.RequireFor(m))
		_ = g.Set("__filename", name)
		_ = g.Set("__dirname", ".")
		r.process.Source(name, src)
		if err != nil {
			r.loader.ThrowSyntax(err)
		}
		v, err := prg.Run(r.rt.VM)
		if err != nil {
			var ex *goja.Exception
			if errors.As(err, &ex) {
				panic(ex)
			}
			panic(err)
		}
		// Behind the text's own code, module is node:module again.
		_ = g.Set("module", r.rt.Require("module"))
		if print != nil {
			print(v)
		}
	})
}

// REPL starts the read-eval-print loop on standard input and output. The loop is
// turned by Run.
func (r *Runtime) REPL() { r.Do(func() { replmod.Start(r.rt) }) }

// Test runs the test files that the patterns find, as --test does. The loop is
// turned by Run.
func (r *Runtime) Test(patterns []string) { r.main(func() { testmod.Run(r.rt, patterns) }) }

// moduleGlobals makes the built-in modules globals, as -e and the REPL have
// them (https://nodejs.org/docs/latest-v24.x/api/repl.html#accessing-core-nodejs-modules).
func (r *Runtime) moduleGlobals() {
	if r.worker {
		return
	}
	there := map[string]bool{} // asked for by name: reading one would load it
	for _, n := range r.rt.VM.GlobalObject().GetOwnPropertyNames() {
		there[n] = true
	}
	for _, m := range modules {
		if m.schemeOnly || m.hidden || m.name[0] == '_' || strings.Contains(m.name, "/") || there[m.name] {
			continue
		}
		r.lazy(lazyGlobal{name: m.name, module: m.name})
	}
}

// evalTypes tries the text of -e, which is no JavaScript, as TypeScript: it
// returns the stripped text, "" where that does not help, and what it compiles
// to.
func (r *Runtime) evalTypes(name, src string, was error, module bool) (*lang.Program, string, error) {
	if module {
		if _, err := lang.Compile("file:///[eval1]", src, lang.ESM); err == nil {
			return nil, "", was
		}
	}
	out, message := r.loader.EvalTypes(src)
	var info *lang.SyntaxErrorInfo
	if message != "" && errors.As(was, &info) {
		said := *info
		said.Note = message
		return nil, "", &said
	}
	if out == "" || out == src {
		return nil, "", was
	}
	prg, err := lang.Compile(name, out, lang.Eval)
	return prg, out, err
}

func (r *Runtime) evalModule(src string, print func(goja.Value)) {
	if print != nil {
		r.rt.Throw(loader.ErrEvalPrint())
	}
	r.moduleGlobals()
	r.loader.EvalModule(src)
}

// NodeVersion is the version of Node that programs see.
const NodeVersion = processmod.NodeVersion

// Print prints a value as -p does.
func (r *Runtime) Print(v goja.Value) {
	console := r.rt.VM.Get("console").(*goja.Object)
	r.rt.Call(console.Get("log"), console, v)
}

// Check compiles file and does not run it; it returns the exit code.
func (r *Runtime) Check(file string) int {
	r.Do(func() { r.loader.CheckFile(file) })
	return r.process.Code()
}

// title is what ps(1) shows of a program that has set no title: the name it was
// started by.
func title() string {
	if len(os.Args) > 0 {
		return os.Args[0]
	}
	return "node"
}
