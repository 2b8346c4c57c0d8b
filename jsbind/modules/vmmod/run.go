package vmmod

import (
	"crypto/sha256"
	"errors"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/engine"
	"github.com/spindle-js/spindle/jsbind/lang"
	"github.com/spindle-js/spindle/nodeerr"
)

// script is the text behind a Script. It is compiled once for the runtime's
// global object and once for contexts.
type script struct {
	name, text string
	referrer   string // whom import() asks
	main       *lang.Program
	inContext  *lang.Program
}

func (s *script) compile(kind lang.Kind) (*lang.Program, error) {
	if s.referrer == s.name {
		return lang.Compile(s.name, s.text, kind)
	}
	return lang.CompileFor(s.name, s.referrer, s.text, kind, false)
}

// maxOffset bounds how far a script's positions may be moved: the text is
// moved by that many lines and columns.
const maxOffset = 1 << 20

// padded moves a text by lines and columns, so that positions in it are those
// of the file that it came from.
func padded(text string, line, column int64) string {
	if line <= 0 && column <= 0 {
		return text
	}
	return strings.Repeat("\n", int(min(max(line, 0), maxOffset))) + strings.Repeat(" ", int(min(max(column, 0), maxOffset))) + text
}

// compile(code, filename, lineOffset, columnOffset, importing) compiles a script and
// returns an object that stands for it.
func (m *module) compile(c goja.FunctionCall) goja.Value {
	s := &script{name: c.Argument(1).String(), text: padded(c.Argument(0).String(), c.Argument(2).ToInteger(), c.Argument(3).ToInteger())}
	s.referrer = m.importer(s.name, s.text, c.Argument(4), goja.Undefined())
	var err error
	if s.main, err = s.compile(lang.Eval); err != nil {
		m.throwSyntax(err)
	}
	m.rt.AddSource(s.name, c.Argument(0).String(), int(c.Argument(2).ToInteger()), int(c.Argument(3).ToInteger()))
	o := m.rt.VM.NewObject()
	m.rt.Attach(o, s)
	return o
}

// throwSyntax throws a SyntaxError whose stack begins with the line at fault.
func (m *module) throwSyntax(err error) {
	o := m.rt.ErrorObject(nodeerr.KindSyntax, "", err.Error())
	var info *lang.SyntaxErrorInfo
	if errors.As(err, &info) {
		m.setStack(o, info.Frame()+"\n"+bind.Get(o, "stack").String())
	}
	panic(m.rt.Thrown(o))
}

// throwCoded throws an error whose code is not in its stack.
func (m *module) throwCoded(code, message string) {
	o := m.rt.ErrorObject(nodeerr.KindError, "", message)
	_ = o.Set("code", code)
	panic(m.rt.Thrown(o))
}

func (m *module) setStack(o *goja.Object, text string) {
	_ = o.DefineDataProperty("stack", m.rt.VM.ToValue(text), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// run(script, contextified | null, timeout, breakOnSigint, displayErrors) runs
// a script and returns its value.
func (m *module) run(c goja.FunctionCall) goja.Value {
	s := bind.From(c.Argument(0)).(*script)
	guard := m.guard(c.Argument(2), c.Argument(3).ToBoolean())
	display := c.Argument(4).ToBoolean()
	if bind.IsNullish(c.Argument(1)) {
		var v goja.Value
		err := m.protect(func() {
			var failed error
			if v, failed = s.main.Run(m.rt.VM); failed != nil {
				panic(failed)
			}
		})
		guard.end()
		return m.settle(v, err, guard, display)
	}
	if s.inContext == nil {
		var err error
		if s.inContext, err = s.compile(lang.Context); err != nil {
			guard.end()
			m.throwSyntax(err)
		}
	}
	ctx := m.contextOf(c.Argument(1))
	before := ctx.result
	ctx.result = goja.Undefined()
	err := m.protect(func() { m.runContext(s.inContext, ctx, nil) })
	guard.end()
	v := ctx.result
	ctx.result = before
	return m.settle(v, err, guard, display)
}

// runContext runs a program of kind Context and returns what its function
// returns.
func (m *module) runContext(p *lang.Program, c *context, extensions []goja.Value) goja.Value {
	f, err := p.Run(m.rt.VM)
	if err != nil {
		panic(err)
	}
	return m.rt.Call(f, c.global, append([]goja.Value{c.scope}, extensions...)...)
}

// protect runs fn and returns the exception that it ends with.
func (m *module) protect(fn func()) error {
	f, _ := goja.AssertFunction(m.rt.VM.ToValue(func(goja.FunctionCall) goja.Value {
		fn()
		return goja.Undefined()
	}))
	restore := engine.Checkpoint(m.rt.VM)
	_, err := f(goja.Undefined())
	if _, cut := err.(*goja.InterruptedError); cut {
		restore()
	}
	return err
}

// settle returns the value of a run, or throws what ended it.
func (m *module) settle(v goja.Value, err error, g *guard, display bool) goja.Value {
	var in *goja.InterruptedError
	var ex *goja.Exception
	switch {
	case err == nil:
		return v
	case errors.As(err, &in) && in.Value() == g:
		m.rt.VM.ClearInterrupt()
		if g.interrupted {
			m.throwCoded("ERR_SCRIPT_EXECUTION_INTERRUPTED", "Script execution was interrupted by `SIGINT`")
		}
		m.throwCoded("ERR_SCRIPT_EXECUTION_TIMEOUT", "Script execution timed out after "+strconv.FormatInt(g.limit.Milliseconds(), 10)+"ms")
	case errors.As(err, &ex):
		if display {
			m.decorate(ex)
		}
		panic(ex)
	}
	panic(err)
}

// decorate puts the line that threw in front of an error's stack, once.
func (m *module) decorate(ex *goja.Exception) {
	o, ok := ex.Value().(*goja.Object)
	if !ok || !m.rt.IsError(o) {
		return
	}
	stack := bind.Get(o, "stack")
	if !goja.IsString(stack) || bind.From(o) != nil {
		return
	}
	first, _, _ := strings.Cut(stack.String(), "\n")
	if i := strings.LastIndexByte(first, ':'); i > 0 {
		if _, err := strconv.Atoi(first[i+1:]); err == nil {
			return
		}
	}
	if excerpt := m.rt.Excerpt(ex); excerpt != "" {
		m.setStack(o, excerpt+stack.String())
	}
}

// guard ends a script from outside: after a time, or at SIGINT.
type guard struct {
	vm          *goja.Runtime
	limit       time.Duration
	timer       *time.Timer
	signals     chan os.Signal
	done        chan struct{}
	interrupted bool
}

func (m *module) guard(timeout goja.Value, sigint bool) *guard {
	g := &guard{vm: m.rt.VM}
	if !bind.IsNullish(timeout) {
		g.limit = time.Duration(timeout.ToInteger()) * time.Millisecond
		g.timer = time.AfterFunc(g.limit, func() { g.vm.Interrupt(g) })
	}
	if sigint {
		g.signals, g.done = make(chan os.Signal, 1), make(chan struct{})
		signal.Notify(g.signals, os.Interrupt)
		go func() {
			defer close(g.done)
			if _, ok := <-g.signals; ok {
				g.interrupted = true
				g.vm.Interrupt(g)
			}
		}()
	}
	return g
}

// end stops guarding. An interrupt that came too late is taken back.
func (g *guard) end() {
	late := false
	if g.timer != nil && !g.timer.Stop() {
		late = true
	}
	if g.signals != nil {
		signal.Stop(g.signals)
		close(g.signals)
		<-g.done
		late = late || g.interrupted
	}
	if late {
		g.vm.ClearInterrupt()
	}
}

// compileFunction(code, filename, lineOffset, columnOffset, params, context,
// extensions, imports) returns a function.
func (m *module) compileFunction(c goja.FunctionCall) goja.Value {
	name := c.Argument(1).String()
	text := padded(c.Argument(0).String(), c.Argument(2).ToInteger(), c.Argument(3).ToInteger())
	params := m.strings(c.Argument(4))
	var extensions []goja.Value
	m.rt.VM.ForOf(c.Argument(6), func(v goja.Value) bool {
		extensions = append(extensions, v)
		return true
	})
	ctx := m.contextOf(c.Argument(5))
	if ctx == nil && len(extensions) > 0 {
		ctx = m.mainContext()
	}
	referrer := m.importer(name, text, c.Argument(7), goja.Undefined())
	prg, err := lang.CompileFunction(name, referrer, text, params, ctx != nil, len(extensions))
	if err != nil {
		m.throwSyntax(err)
	}
	m.rt.AddSource(name, c.Argument(0).String(), int(c.Argument(2).ToInteger()), int(c.Argument(3).ToInteger()))
	if ctx != nil {
		return m.runContext(prg, ctx, extensions)
	}
	v, err := prg.Run(m.rt.VM)
	if err != nil {
		panic(err)
	}
	return v
}

// mainContext is the runtime's own global object as a context, for functions
// with scopes of their own.
func (m *module) mainContext() *context {
	g := m.rt.VM.GlobalObject()
	c := &context{m: m, sandbox: g, builtins: g, global: g, lexical: map[string]*binding{}, declared: map[string]bool{}, result: goja.Undefined()}
	c.natives = c.hiddenFunctions()
	c.scope = m.rt.VM.ToValue(m.rt.VM.NewProxy(m.rt.VM.CreateObject(nil), c.scopeTraps())).(*goja.Object)
	return c
}

// digest(text) is what cached data of a text holds: compiled programs cannot be
// stored, so it only says which text it was made of.
func (m *module) digest(c goja.FunctionCall) goja.Value {
	sum := sha256.Sum256([]byte("spindle compiled script 1\x00" + c.Argument(0).String()))
	return m.rt.MakeBuffer(sum[:])
}
