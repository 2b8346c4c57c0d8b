package lang

import "github.com/dop251/goja"

// newCallSite makes the object that Error.prepareStackTrace gets for a frame.
func (s *errorStacks) newCallSite(f Frame) *goja.Object {
	if s.callSite == nil {
		s.callSite = s.newCallSitePrototype()
	}
	return newHost(s.vm, s.callSite, &f)
}

func (s *errorStacks) newCallSitePrototype() *goja.Object {
	vm := s.vm
	proto := vm.NewObject()
	site := func(name string, f func(*Frame) goja.Value) {
		method(vm, proto, name, 0, func(c goja.FunctionCall) goja.Value {
			site, ok := hostState[*Frame](c.This)
			if !ok {
				panic(vm.NewTypeError("CallSite method %s expects CallSite as receiver", name))
			}
			return f(site)
		})
	}
	orNull := func(v string) goja.Value {
		if v == "" {
			return goja.Null()
		}
		return vm.ToValue(v)
	}
	position := func(native bool, n int) goja.Value {
		if native {
			return goja.Null()
		}
		return vm.ToValue(n)
	}
	boolean := func(b bool) func(*Frame) goja.Value {
		return func(*Frame) goja.Value { return vm.ToValue(b) }
	}
	undefined := func(*Frame) goja.Value { return goja.Undefined() }
	site("getColumnNumber", func(f *Frame) goja.Value { return position(f.Native, f.Column) })
	site("getEnclosingColumnNumber", func(f *Frame) goja.Value { return position(f.Native, f.Column) })
	site("getEnclosingLineNumber", func(f *Frame) goja.Value { return position(f.Native, f.Line) })
	site("getEvalOrigin", undefined)
	site("getFileName", func(f *Frame) goja.Value { return orNull(f.File) })
	site("getFunction", undefined)
	site("getFunctionName", func(f *Frame) goja.Value { return orNull(f.Function) })
	site("getLineNumber", func(f *Frame) goja.Value { return position(f.Native, f.Line) })
	site("getMethodName", func(*Frame) goja.Value { return goja.Null() })
	site("getPosition", func(*Frame) goja.Value { return vm.ToValue(0) })
	site("getPromiseIndex", func(*Frame) goja.Value { return goja.Null() })
	site("getScriptNameOrSourceURL", func(f *Frame) goja.Value { return orNull(f.File) })
	site("getScriptHash", func(*Frame) goja.Value { return vm.ToValue("") })
	site("getThis", undefined)
	site("getTypeName", func(*Frame) goja.Value { return goja.Null() })
	site("isAsync", func(f *Frame) goja.Value { return goBool(f.Async) })
	site("isConstructor", func(f *Frame) goja.Value { return goBool(f.Constructor) })
	site("isEval", boolean(false))
	site("isNative", func(f *Frame) goja.Value { return vm.ToValue(f.Native) })
	site("isPromiseAll", boolean(false))
	site("isToplevel", boolean(true))
	site("toString", func(f *Frame) goja.Value { return vm.ToValue(f.String()) })
	return proto
}
