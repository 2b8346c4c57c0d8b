package workerthreadsmod

import (
	"math"
	"path/filepath"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/messagingmod"
	"github.com/spindle-js/spindle/jsbind/modules/processmod"
	"github.com/spindle-js/spindle/loop"
)

// native is what js/worker.js needs of Go.
func (m *module) native() *goja.Object {
	rt := m.rt
	o := rt.VM.NewObject()
	_ = o.Set("SHARE_ENV", m.exports.Get("SHARE_ENV"))
	_ = o.Set("spawn", rt.Func("spawn", 4, m.spawn))
	_ = o.Set("drain", rt.Func("drain", 1, func(c goja.FunctionCall) goja.Value {
		if p := messagingmod.PortOf(c.Argument(0)); p != nil {
			p.Drain()
		}
		return goja.Undefined()
	}))
	_ = o.Set("restoreError", rt.Func("restoreError", 1, func(c goja.FunctionCall) goja.Value { return m.restoreError(c.Argument(0).(*goja.Object)) }))
	return o
}

// restoreError makes the error that a worker ended with.
func (m *module) restoreError(o *goja.Object) goja.Value {
	name := bind.Get(o, "name")
	if goja.IsUndefined(name) {
		return bind.Get(o, "value")
	}
	props := bind.Get(o, "properties").(*goja.Object)
	var args []goja.Value
	if msg := bind.Get(props, "message"); goja.IsString(msg) {
		args = append(args, msg)
	}
	e, err := m.rt.VM.New(m.rt.VM.Get(name.String()), args...)
	if err != nil {
		panic(err)
	}
	if props.Get("stack") == nil { // reading it threw
		_ = e.DefineDataProperty("stack", goja.Undefined(), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	for _, key := range props.Keys() {
		switch key {
		case "message":
		case "stack":
			_ = e.DefineDataProperty(key, props.Get(key), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		case "name":
			if v := props.Get(key); !v.StrictEquals(bind.Get(e, "name")) {
				_ = e.DefineDataProperty(key, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
		case "cause":
			_ = e.DefineDataProperty(key, props.Get(key), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		default:
			_ = e.Set(key, props.Get(key))
		}
	}
	return e
}

func texts(v goja.Value, rt *bind.Runtime) []string {
	var out []string
	if o, ok := v.(*goja.Object); ok {
		rt.VM.ForOf(o, func(v goja.Value) bool {
			out = append(out, v.String())
			return true
		})
	}
	return out
}

// spawn starts a thread: options, workerData, transferList, onexit.
func (m *module) spawn(c goja.FunctionCall) goja.Value {
	rt := m.rt
	o := c.Argument(0).(*goja.Object)
	get := func(name string) goja.Value { return bind.Get(o, name) }
	process := processmod.Of(rt)
	t := &Thread{
		stopped: make(chan struct{}),
		Name:    get("name").String(), Kind: get("kind").String(), Text: get("text").String(), ExecArgv: texts(get("execArgv"), rt),
		Stdin: get("stdin").ToBoolean(), Limits: m.limits(get("resourceLimits"), get("limited").ToBoolean()),
	}
	argv0 := bind.Get(process.Obj, "execPath").String()
	name := t.Text
	if t.Kind != "file" {
		name = "[worker eval]"
	} else if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	t.Argv = append([]string{argv0, name}, texts(get("argv"), rt)...)
	if get("share").ToBoolean() {
		t.Environment = process.Environment()
	} else {
		t.Environment = processmod.NewEnvironment(texts(get("env"), rt))
	}
	var transfer []goja.Value
	if list := c.Argument(2); !bind.IsNullish(list) {
		transfer = messagingmod.Transfers(rt, list)
	}
	t.data = rt.Serialize(c.Argument(1), transfer)
	t.environmentData = rt.Serialize(m.env, nil)

	control, controlLink := messagingmod.NewPort(rt)
	public, publicLink := messagingmod.NewPort(rt)
	t.control, t.public = controlLink, publicLink
	t.ID = int(lastID.Add(1))
	starts(t.ID)

	var handle loop.Handle
	handle.Init(rt.Loop, "Worker")
	handle.Start()
	onExit := rt.Callable(c.Argument(3))
	m.running[t] = struct{}{}
	t.Exit = func(code int, outOfMemory bool) {
		rt.Post(func() {
			delete(m.running, t)
			handle.Stop()
			var e goja.Value = goja.Undefined()
			if outOfMemory {
				x := rt.VM.NewObject()
				_ = x.Set("code", "ERR_WORKER_OUT_OF_MEMORY")
				_ = x.Set("message", "Worker terminated due to reaching memory limit: JS heap out of memory")
				e = x
			}
			handle.Callback(loop.Func(func() {
				onExit(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{rt.VM.ToValue(code), e}})
			}))
			handle.End()
		})
	}
	rt.Value(spawnerKey{}).(Spawner)(t)

	thread := rt.VM.NewObject()
	method := func(name string, f func()) {
		_ = thread.Set(name, rt.Func(name, 0, func(goja.FunctionCall) goja.Value {
			f()
			return goja.Undefined()
		}))
	}
	method("terminate", t.Terminate)
	method("ref", handle.Ref)
	method("unref", handle.Unref)
	_ = thread.Set("utilization", rt.Func("utilization", 0, func(goja.FunctionCall) goja.Value {
		idle, active := t.utilization()
		return rt.ToValue(map[string]any{"idle": idle, "active": active})
	}))
	out := rt.VM.NewObject()
	_ = out.Set("thread", thread)
	_ = out.Set("threadId", t.ID)
	_ = out.Set("control", control.Object())
	_ = out.Set("publicPort", public.Object())
	_ = out.Set("resourceLimits", t.Limits.object(rt))
	return out
}

// limits reads resourceLimits; what is not given has V8's default.
func (m *module) limits(v goja.Value, given bool) Limits {
	l := Limits{Young: 48, Old: 2096, Code: 0, Stack: 4, Given: given}
	list := v.(*goja.Object)
	for i, p := range []*float64{&l.Young, &l.Old, &l.Code, &l.Stack} {
		if x := list.Get(bind.FormatNumber(float64(i))); x != nil && goja.IsNumber(x) && !math.IsNaN(x.ToFloat()) {
			*p = x.ToFloat()
		}
	}
	return l
}

func (l Limits) object(rt *bind.Runtime) *goja.Object {
	o := rt.VM.NewObject()
	_ = o.Set("maxYoungGenerationSizeMb", l.Young)
	_ = o.Set("maxOldGenerationSizeMb", l.Old)
	_ = o.Set("codeRangeSizeMb", l.Code)
	_ = o.Set("stackSizeMb", l.Stack)
	return o
}

// TerminateAll ends the workers of a runtime that has ended, and waits for
// nothing.
func TerminateAll(rt *bind.Runtime) {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		for t := range m.running {
			t.Terminate()
		}
	}
}
