package fsmod

import (
	"context"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

type module struct {
	rt       *bind.Runtime
	exports  *goja.Object
	promises *goja.Object
	date     *goja.Object

	stats, bigStats, statsBase *bind.Class
	dirent, statFs, handle     *bind.Class
	dir, watcher, statWatcher  *bind.Class
	statWatchers               map[string]*statWatcher // by path
	handleMethods              map[string]goja.Value   // of FileHandle, as they were made
	operations                 map[string]*operation
	readStream, writeStream    *bind.Class
	readOpen, writeOpen        goja.Value // the built-in open methods
	builtin                    map[string]*goja.Object
	warnedRmdir, warnedOpen    bool
	warnedExists, warnedTemp   bool
	fsync                      goja.Value // the built-in function
}

type moduleKey struct{}

// Load returns the exports of node:fs.
func Load(rt *bind.Runtime) goja.Value { return get(rt).exports }

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, exports: rt.VM.NewObject(), date: rt.VM.Get("Date").(*goja.Object), operations: map[string]*operation{}}
	rt.SetValue(moduleKey{}, m)
	m.defineStats()
	m.defineDirent()
	for _, list := range [][]operation{fileOperations, descriptorOperations, attributeOperations, treeOperations} {
		for i := range list {
			m.define(&list[i])
		}
	}
	m.defineClose()
	m.defineNative()
	m.exists()
	m.defineWatch()
	m.defineWatchFile()
	m.defineCopy()
	m.defineDir()
	m.defineGlob()
	m.defineDisposable()
	m.defineBlob()
	m.remember()
	_ = m.exports.Set("_toUnixTimestamp", rt.Func("toUnixTimestamp", 1, func(c goja.FunctionCall) goja.Value {
		name := "time"
		if v := c.Argument(1); goja.IsString(v) {
			name = v.String()
		}
		return rt.VM.ToValue(m.time(c.Argument(0), name))
	}))
	m.streamExports()
	m.constants()
	m.fsync = m.exports.Get("fsync")
	rt.Accessor(m.exports, "promises", func(goja.Value) goja.Value { return m.definePromises() }, nil, true)
	return m
}

// job is an operation whose arguments have been read. run blocks and touches
// nothing of JavaScript; value makes its result on the loop, nil for none;
// values makes the callback's arguments where they are more than one, also
// after an error.
type job struct {
	run    func() (any, error)
	value  func(any) goja.Value
	values func(any) []goja.Value
	// record is value for the promise form, where that differs.
	record func(any) goja.Value
	// signal is the AbortSignal of the options, nil for none.
	signal *goja.Object
	// runNow is run for a synchronous call that asks functions of the program; nil
	// where run does.
	runNow func() error
	// check refuses what Node refuses after it has looked at the callback; nil for
	// nothing.
	check func()
}

// operation is one function of node:fs in its forms.
type operation struct {
	name string
	// sync and length are the length properties of the forms; sync < 0: there
	// is no synchronous form, length < 0: no callback form.
	sync, length int
	// argsFirst says that a wrong argument is told before a missing callback.
	argsFirst bool
	// first and last are the places where the callback may stand: the first
	// function among them is it.
	first, last int
	// byCount says that the callback is the last argument where one or more
	// before it are left out, whatever they are.
	byCount bool
	// names are the properties of the object that util.promisify's promise
	// answers with.
	names   []string
	prepare func(*module, []goja.Value) job
}

// arg returns an argument, undefined past the end.
func arg(a []goja.Value, i int) goja.Value {
	if i < len(a) && a[i] != nil {
		return a[i]
	}
	return goja.Undefined()
}

func (m *module) define(o *operation) {
	m.operations[o.name] = o
	async, sync := m.forms(o)
	if async != nil {
		_ = m.exports.Set(o.name, async)
	}
	if sync != nil {
		_ = m.exports.Set(o.name+"Sync", sync)
	}
}

// forms makes the callback and the synchronous form, nil for one that is not
// there.
func (m *module) forms(o *operation) (async, sync *goja.Object) {
	rt := m.rt
	if o.length >= 0 {
		async = rt.Func(o.name, o.length, func(c goja.FunctionCall) goja.Value {
			args, cb := o.split(c.Arguments)
			if !o.argsFirst {
				rt.Function(cb, "cb")
			}
			j := o.prepare(m, args)
			m.start(j, rt.Callable(rt.Function(cb, "cb")))
			return goja.Undefined()
		})
	}
	if o.names != nil {
		_ = async.DefineDataPropertySymbol(bind.PromisifyNames, rt.ToValue(o.names), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
	if o.sync >= 0 {
		sync = rt.Func(o.name+"Sync", o.sync, func(c goja.FunctionCall) goja.Value {
			return m.now(o.prepare(m, c.Arguments))
		})
	}
	return async, sync
}

// split splits the callback off the arguments.
func (o *operation) split(args []goja.Value) ([]goja.Value, goja.Value) {
	if o.byCount && len(args) > 1 { // it is the last, whatever stands before
		at := o.last
		if len(args) <= o.last-1 {
			at = len(args) - 1
		}
		return args[:min(at, len(args))], arg(args, at)
	}
	return callback(args, o.first, o.last)
}

// callback splits the first function among the places off the arguments.
func callback(args []goja.Value, first, last int) ([]goja.Value, goja.Value) {
	for i := first; i < last; i++ {
		if bind.IsCallable(arg(args, i)) {
			return args[:i], args[i]
		}
	}
	return args[:min(last, len(args))], arg(args, last)
}

// now runs a job on the spot.
func (m *module) now(j job) goja.Value {
	j.checked()
	if j.runNow != nil {
		m.rt.Must(j.runNow())
		return goja.Undefined()
	}
	v, err := j.run()
	m.rt.Must(err)
	if j.value == nil {
		return goja.Undefined()
	}
	return j.value(v)
}

// start runs a job off the loop and then calls cb(err, value).
func (m *module) start(j job, cb bind.Method) {
	j.checked()
	if j.aborted(m) {
		cb(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{m.abortError(j.signal)}})
		return
	}
	var result any
	m.rt.Loop.Work(context.TODO(), "FSReqCallback", func(context.Context) (err error) {
		result, err = j.run()
		return err
	}, func(err error) {
		args := make([]goja.Value, 1, 3)
		switch {
		case j.aborted(m):
			args[0] = m.abortError(j.signal)
		case err != nil:
			args[0] = m.rt.ErrorValue(err)
			if j.values != nil {
				args = append(args, j.values(nil)...)
			}
		case j.values != nil:
			args = append(args, j.values(result)...)
		case j.value != nil:
			args = append(args, j.value(result))
		}
		if args[0] == nil {
			args[0] = goja.Null()
		}
		cb(goja.FunctionCall{This: goja.Undefined(), Arguments: args})
	})
}

// nothing makes a job without a result.
func (j job) checked() {
	if j.check != nil {
		j.check()
	}
}

func nothing(f func() error) job {
	return job{run: func() (any, error) { return nil, f() }}
}
