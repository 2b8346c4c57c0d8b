package lang

import (
	"math"
	"math/big"
	"time"

	"github.com/dop251/goja"
)

// Atomics (ECMA-262 25.4). Runtimes of workers may share memory; a step of one on
// an element is an ordinary read and write, and sleepers.go wakes who waits.

type atomics struct {
	vm      *goja.Runtime
	hooks   *Hooks
	waiters []*waiter
}

// waiter is a promise of Atomics.waitAsync.
type waiter struct {
	buffer  *bufferObjectMirror
	byte    int
	resolve func(any) error
	timer   *time.Timer
	done    bool
	sleeper *sleeper
}

func installAtomics(vm *goja.Runtime, hooks *Hooks) {
	lazy(vm, vm.GlobalObject(), "Atomics", goja.FLAG_FALSE, func() goja.Value {
		return newAtomics(&atomics{vm: vm, hooks: hooks})
	})
}

// element checks the array and the index of an operation. The value of one
// element is a BigInt when big is true.
func (a *atomics) element(array, index goja.Value, waitable bool) (o *goja.Object, t *typedArrayMirror, i int, isBig bool) {
	o, ok := array.(*goja.Object)
	if ok {
		t = typedParts(o)
	}
	name := ""
	if t != nil {
		name = t.defaultCtor.Get("name").String()
	}
	switch name {
	case "Int32Array":
	case "BigInt64Array":
		isBig = true
	case "Int8Array", "Uint8Array", "Int16Array", "Uint16Array", "Uint32Array":
		if waitable {
			panic(a.vm.NewTypeError("%s is not an int32 or BigInt64 typed array.", toStringTag(array)))
		}
	case "BigUint64Array":
		isBig = true
		if waitable {
			panic(a.vm.NewTypeError("%s is not an int32 or BigInt64 typed array.", toStringTag(array)))
		}
	default:
		if waitable {
			panic(a.vm.NewTypeError("%s is not an int32 or BigInt64 typed array.", toStringTag(array)))
		}
		panic(a.vm.NewTypeError("%s is not an integer typed array.", toStringTag(array)))
	}
	if t.viewedArrayBuf.detached {
		panic(a.vm.NewTypeError("Cannot perform Atomics operation on a detached ArrayBuffer"))
	}
	f := 0.0
	if !isUndefined(index) {
		f = math.Trunc(index.ToFloat())
	}
	if math.IsNaN(f) {
		f = 0
	}
	if f < 0 || f >= float64(t.length) {
		throwRange(a.vm, "Invalid atomic access index")
	}
	return o, t, int(f), isBig
}

// toStringTag names a value as Object.prototype.toString does.
func toStringTag(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		return kindOf(v)
	}
	if s, ok := o.GetSymbol(goja.SymToStringTag).(goja.String); ok {
		return "[object " + s.String() + "]"
	}
	return "[object " + o.ClassName() + "]"
}

// operand converts a value for the element type: a *big.Int or an integer.
func (a *atomics) operand(v goja.Value, isBig bool) goja.Value {
	if isBig {
		toBigInt, _ := callable(a.vm.Get("BigInt"))
		if !goja.IsBigInt(v) {
			if _, isNumber := exportPlain(v).(int64); isNumber {
				panic(a.vm.NewTypeError("Cannot convert %s to a BigInt", v.String()))
			}
			if _, isNumber := exportPlain(v).(float64); isNumber {
				panic(a.vm.NewTypeError("Cannot convert %s to a BigInt", v.String()))
			}
			return toBigInt(goja.FunctionCall{Arguments: []goja.Value{v}})
		}
		return v
	}
	f := math.Trunc(v.ToFloat())
	if math.IsNaN(f) || f == 0 {
		f = 0
	}
	return a.vm.ToValue(f)
}

func newAtomics(a *atomics) *goja.Object {
	vm := a.vm
	o := vm.NewObject()
	tag(o, "Atomics")
	key := func(i int) string { return goInt(i).String() }
	modify := func(name string, ints func(old, v int64) int64, bigs func(old, v *big.Int) *big.Int) {
		method(vm, o, name, 3, func(c goja.FunctionCall) goja.Value {
			array, _, i, isBig := a.element(c.Argument(0), c.Argument(1), false)
			v := a.operand(c.Argument(2), isBig)
			old := array.Get(key(i))
			if isBig {
				_ = array.Set(key(i), bigs(old.Export().(*big.Int), v.Export().(*big.Int)))
				return old
			}
			_ = array.Set(key(i), ints(old.ToInteger(), toInt64(v)))
			return old
		})
	}
	modify("add", func(old, v int64) int64 { return old + v }, func(old, v *big.Int) *big.Int { return old.Add(old, v) })
	modify("and", func(old, v int64) int64 { return old & v }, func(old, v *big.Int) *big.Int { return old.And(old, v) })
	modify("exchange", func(_, v int64) int64 { return v }, func(_, v *big.Int) *big.Int { return v })
	modify("or", func(old, v int64) int64 { return old | v }, func(old, v *big.Int) *big.Int { return old.Or(old, v) })
	modify("sub", func(old, v int64) int64 { return old - v }, func(old, v *big.Int) *big.Int { return old.Sub(old, v) })
	modify("xor", func(old, v int64) int64 { return old ^ v }, func(old, v *big.Int) *big.Int { return old.Xor(old, v) })
	method(vm, o, "compareExchange", 4, func(c goja.FunctionCall) goja.Value {
		array, t, i, isBig := a.element(c.Argument(0), c.Argument(1), false)
		expected, v := a.operand(c.Argument(2), isBig), a.operand(c.Argument(3), isBig)
		old := array.Get(key(i))
		if old.StrictEquals(a.convert(t, expected)) {
			_ = array.Set(key(i), v)
		}
		return old
	})
	method(vm, o, "load", 2, func(c goja.FunctionCall) goja.Value {
		array, _, i, _ := a.element(c.Argument(0), c.Argument(1), false)
		return array.Get(key(i))
	})
	method(vm, o, "store", 3, func(c goja.FunctionCall) goja.Value {
		array, _, i, isBig := a.element(c.Argument(0), c.Argument(1), false)
		v := a.operand(c.Argument(2), isBig)
		_ = array.Set(key(i), v)
		return v
	})
	method(vm, o, "isLockFree", 1, func(c goja.FunctionCall) goja.Value {
		switch c.Argument(0).ToInteger() {
		case 1, 2, 4, 8:
			return goBool(true)
		}
		return goBool(false)
	})
	method(vm, o, "pause", 0, func(c goja.FunctionCall) goja.Value {
		if v := c.Argument(0); !isUndefined(v) {
			if f, ok := exportPlain(v).(float64); ok && f != math.Trunc(f) || !isNumber(v) {
				panic(vm.NewTypeError("%s is not an integer", kindOf(v)))
			}
		}
		return goja.Undefined()
	})
	method(vm, o, "wait", 4, a.wait)
	method(vm, o, "waitAsync", 4, a.waitAsync)
	method(vm, o, "notify", 3, a.notify)
	return o
}

func isNumber(v goja.Value) bool {
	switch exportPlain(v).(type) {
	case int64, float64:
		return true
	}
	return false
}

// toInt64 takes an integral Number modulo 2^64.
func toInt64(v goja.Value) int64 {
	f := v.ToFloat()
	if f >= -(1<<63) && f < 1<<63 {
		return int64(f)
	}
	if math.IsInf(f, 0) {
		return 0
	}
	i, _ := big.NewFloat(f).Int(nil)
	i.And(i, new(big.Int).SetUint64(math.MaxUint64))
	return int64(i.Uint64())
}

// convert returns v as an element of t would read back.
func (a *atomics) convert(t *typedArrayMirror, v goja.Value) goja.Value {
	one, err := a.vm.New(t.defaultCtor, goInt(1))
	rethrow(err)
	_ = one.Set("0", v)
	return one.Get("0")
}

// timeout is in milliseconds; negative means none.
func timeout(v goja.Value) float64 {
	if isUndefined(v) {
		return -1
	}
	f := v.ToFloat()
	if math.IsNaN(f) || math.IsInf(f, 1) {
		return -1
	}
	return max(0, f)
}

func (a *atomics) waitArguments(c goja.FunctionCall) (t *typedArrayMirror, i int, equal bool, ms float64) {
	array, t, i, isBig := a.element(c.Argument(0), c.Argument(1), true)
	if t.viewedArrayBuf.class != sharedClass {
		panic(a.vm.NewTypeError("%s is not a shared typed array.", toStringTag(array)))
	}
	v := a.operand(c.Argument(2), isBig)
	ms = timeout(c.Argument(3))
	return t, i, array.Get(goInt(i).String()).StrictEquals(a.convert(t, v)), ms
}

// wait blocks the thread until another one notifies it.
func (a *atomics) wait(c goja.FunctionCall) goja.Value {
	t, i, equal, ms := a.waitArguments(c)
	if !equal {
		return goString("not-equal")
	}
	p := &t.viewedArrayBuf.data[(t.offset+i)*t.elemSize]
	woken := make(chan struct{}, 1)
	s := addSleeper(p, func(*atomics) { woken <- struct{}{} })
	defer s.remove()
	// The value is looked at again, now that a notification would be seen.
	if _, _, equal, _ = a.waitArguments(c); !equal {
		return goString("not-equal")
	}
	var timeout <-chan time.Time
	if ms >= 0 {
		timer := time.NewTimer(time.Duration(ms * float64(time.Millisecond)))
		defer timer.Stop()
		timeout = timer.C
	}
	select {
	case <-woken:
		return goString("ok")
	case <-timeout:
	case <-a.hooks.Stopped:
	}
	return goString("timed-out")
}

func (a *atomics) waitAsync(c goja.FunctionCall) goja.Value {
	t, i, equal, ms := a.waitArguments(c)
	result := a.vm.NewObject()
	if !equal || ms == 0 {
		_ = result.Set("async", false)
		if equal {
			_ = result.Set("value", "timed-out")
		} else {
			_ = result.Set("value", "not-equal")
		}
		return result
	}
	p, resolve, _ := a.vm.NewPromise()
	w := &waiter{buffer: t.viewedArrayBuf, byte: (t.offset + i) * t.elemSize, resolve: resolve}
	a.waiters = append(a.waiters, w)
	w.sleeper = addSleeper(&t.viewedArrayBuf.data[w.byte], func(by *atomics) {
		if by == a {
			a.wake(w, "ok")
		} else if post := a.hooks.Post; post != nil {
			post(func() { a.wake(w, "ok") })
		}
	})
	if ms > 0 {
		if post := a.hooks.Post; post != nil {
			w.timer = time.AfterFunc(time.Duration(ms*float64(time.Millisecond)), func() {
				post(func() { a.wake(w, "timed-out") })
			})
		}
	}
	_ = result.Set("async", true)
	_ = result.Set("value", p)
	return result
}

func (a *atomics) wake(w *waiter, with string) {
	if w.done {
		return
	}
	w.done = true
	w.sleeper.remove()
	for i, other := range a.waiters {
		if other == w {
			a.waiters = append(a.waiters[:i], a.waiters[i+1:]...)
			break
		}
	}
	if w.timer != nil {
		w.timer.Stop()
	}
	_ = w.resolve(with)
}

func (a *atomics) notify(c goja.FunctionCall) goja.Value {
	_, t, i, _ := a.element(c.Argument(0), c.Argument(1), true)
	count := math.MaxInt
	if v := c.Argument(2); !isUndefined(v) {
		count = int(max(0, min(v.ToInteger(), math.MaxInt32)))
	}
	return goInt(wakeSleepers(a, &t.viewedArrayBuf.data[(t.offset+i)*t.elemSize], count))
}
