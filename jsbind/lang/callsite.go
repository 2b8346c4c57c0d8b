package lang

import "github.com/dop251/goja"

// newCallSite makes the object that Error.prepareStackTrace gets for a frame.
func (s *errorStacks) newCallSite(f Frame) *goja.Object {
	if s.callSite == nil {
		s.callSite = s.newCallSitePrototype()
	}
	o := s.vm.CreateObject(s.callSite)
	_ = o.DefineDataPropertySymbol(symFrame, s.vm.ToValue(&f), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	return o
}

var symFrame = goja.NewSymbol("frame")

func (s *errorStacks) newCallSitePrototype() *goja.Object {
	vm := s.vm
	proto := vm.NewObject()
	method := func(name string, f func(*Frame) goja.Value) {
		fn := vm.ToValue(func(c goja.FunctionCall) goja.Value {
			o, _ := c.This.(*goja.Object)
			if o == nil {
				panic(vm.NewTypeError("CallSite method %s expects CallSite as receiver", name))
			}
			v := o.GetSymbol(symFrame)
			if v == nil {
				panic(vm.NewTypeError("CallSite method %s expects CallSite as receiver", name))
			}
			return f(v.Export().(*Frame))
		}).(*goja.Object)
		setNameLength(fn, name, 0)
		_ = proto.DefineDataProperty(name, fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
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
	method("getColumnNumber", func(f *Frame) goja.Value { return position(f.Native, f.Column) })
	method("getEnclosingColumnNumber", func(f *Frame) goja.Value { return position(f.Native, f.Column) })
	method("getEnclosingLineNumber", func(f *Frame) goja.Value { return position(f.Native, f.Line) })
	method("getEvalOrigin", undefined)
	method("getFileName", func(f *Frame) goja.Value { return orNull(f.File) })
	method("getFunction", undefined)
	method("getFunctionName", func(f *Frame) goja.Value { return orNull(f.Function) })
	method("getLineNumber", func(f *Frame) goja.Value { return position(f.Native, f.Line) })
	method("getMethodName", func(*Frame) goja.Value { return goja.Null() })
	method("getPosition", func(*Frame) goja.Value { return vm.ToValue(0) })
	method("getPromiseIndex", func(*Frame) goja.Value { return goja.Null() })
	method("getScriptNameOrSourceURL", func(f *Frame) goja.Value { return orNull(f.File) })
	method("getScriptHash", func(*Frame) goja.Value { return vm.ToValue("") })
	method("getThis", undefined)
	method("getTypeName", func(*Frame) goja.Value { return vm.ToValue("Object") })
	method("isAsync", boolean(false))
	method("isConstructor", boolean(false))
	method("isEval", boolean(false))
	method("isNative", func(f *Frame) goja.Value { return vm.ToValue(f.Native) })
	method("isPromiseAll", boolean(false))
	method("isToplevel", boolean(true))
	method("toString", func(f *Frame) goja.Value { return vm.ToValue(f.String()) })
	return proto
}
