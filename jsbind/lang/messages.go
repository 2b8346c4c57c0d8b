package lang

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// The engine's messages in V8's words, for the errors that programs meet and
// show most. An error that the engine makes reaches the constructor with the
// constructor itself as new.target, which new in a program never does; the
// machine's state then still shows the value that was wrong and the place in
// the source text.

// engineMessage rewrites the message of an error that goja makes.
func engineMessage(vm *goja.Runtime, class, msg string) string {
	switch class {
	case "TypeError":
		if rest, ok := strings.CutPrefix(msg, "'ownKeys' on proxy: trap result did not include non-configurable "); ok {
			return "'ownKeys' on proxy: trap result did not include " + rest
		}
		return typeErrorMessage(vm, msg)
	case "ReferenceError":
		return referenceErrorMessage(vm, msg)
	case "RangeError":
		switch callerName(vm) {
		case "repeat":
			if msg == "Invalid count value" {
				return msg + ": " + nativeArgument(vm, 0).String()
			}
		case "BigInt":
			if strings.HasPrefix(msg, "Cannot convert ") {
				return "The number " + nativeArgument(vm, 0).String() + " cannot be converted to a BigInt because it is not an integer"
			}
		}
		switch {
		case strings.HasPrefix(msg, "Byte length of "):
			return "b" + msg[1:]
		case strings.HasPrefix(msg, "Start offset of "):
			return "s" + msg[1:]
		case strings.HasPrefix(msg, "Index ") && strings.HasSuffix(msg, " is out of bounds"):
			return "Offset is outside the bounds of the DataView"
		case strings.HasPrefix(msg, "Invalid index ") && strings.HasPrefix(instructionName(vm), "_new"):
			rest := strings.TrimPrefix(msg, "Invalid index ")
			if fn, ok := calledFunction(vm).(*goja.Object); ok && fn.Get("name").String() == "ArrayBuffer" {
				return "Invalid array buffer length"
			}
			return "Invalid typed array length: " + rest
		}
		if m, ok := rangeErrors[msg]; ok {
			return m
		}
		if rest, ok := strings.CutPrefix(msg, "Invalid index "); ok && callerName(vm) == "with" {
			return "Invalid index : " + rest
		}
	case "URIError":
		if msg == "Malformed URI" {
			return "URI malformed"
		}
	case "SyntaxError":
		return cleanMessage(msg)
	}
	return msg
}

var rangeErrors = map[string]string{
	"toFixed() precision must be between 0 and 100":                "toFixed() digits argument must be between 0 and 100",
	"toPrecision() precision must be between 1 and 100":            "toPrecision() argument must be between 1 and 100",
	"toExponential() precision must be between 0 and 100":          "toExponential() argument must be between 0 and 100",
	"The normalization form should be one of NFC, NFD, NFKC, NFKD": "The normalization form should be one of NFC, NFD, NFKC, NFKD.",
	"Source is too large":       "offset is out of bounds",
	"exponent must be positive": "Exponent must be non-negative",
}

func typeErrorMessage(vm *goja.Runtime, msg string) string {
	op := instructionName(vm)
	if rest, ok := strings.CutPrefix(msg, "Cannot read property '"); ok {
		key, what, ok := cutLast(rest, "' of ")
		if !ok || what != "undefined" && what != "undefined or null" {
			return msg
		}
		key, value := readFailure(vm, key)
		return "Cannot read properties of " + value + " (reading '" + key + "')"
	}
	if rest, ok := strings.CutPrefix(msg, "Object has no member '"); ok {
		text := calleeText(vm)
		if text == "" {
			text = strings.TrimSuffix(rest, "'")
		}
		return text + " is not a function"
	}
	if strings.HasPrefix(msg, "Not a function: ") {
		if text := calleeText(vm); text != "" {
			return text + " is not a function"
		}
	}
	if rest, ok := strings.CutPrefix(msg, "Value is not an object: "); ok {
		return notAnObject(vm, op, msg, rest)
	}
	if rest, ok := strings.CutPrefix(msg, "Cannot assign to read only property '"); ok {
		return readOnly(vm, strings.TrimSuffix(rest, "'"), msg)
	}
	if rest, ok := strings.CutPrefix(msg, "Receiver is not an object: "); ok {
		if src, off, ok := sourceAt(vm); ok {
			kind, _, _ := strings.Cut(kindOfText(rest), " ")
			return "Cannot create property '" + tokenAt(src, off).text + "' on " + kind + " '" + rest + "'"
		}
	}
	switch msg {
	case "object is not iterable", "Cannot convert undefined or null to object":
		return notConvertible(vm, op, msg)
	case "Value is not object coercible":
		return notCoercible(vm, op, msg)
	case "Value is not a constructor":
		if op == "_new" || op == "_newVariadic" {
			return constructorText(vm, msg)
		}
	case "RegExp doesn't have global flag set":
		return "String.prototype.matchAll called with a non-global RegExp argument"
	case "No initial value":
		return "Reduce of empty array with no initial value"
	case "Class constructor cannot be invoked without 'new'":
		if fn, ok := calledFunction(vm).(*goja.Object); ok {
			if name, ok := fn.Get("name").(goja.String); ok {
				return "Class constructor " + name.String() + " cannot be invoked without 'new'"
			}
		}
	case "Class extends value is not a constructor or null":
		m := machineOf(vm)
		for i := 1; i <= 2 && m.sp-i >= 0; i++ {
			if v := m.stack[m.sp-i]; v != nil {
				return "Class extends value " + describe(v) + " is not a constructor or null"
			}
		}
	case "prototype is not an object":
		return "Function has non-object prototype 'undefined' in instanceof check"
	case "Constructor Promise requires 'new'":
		return "Promise constructor cannot be invoked without 'new'"
	case "Value is not a number":
		return "Number.prototype." + callerName(vm) + " requires that 'this' be a Number"
	case "Method Symbol.prototype.toString is called on incompatible receiver":
		return "Symbol.prototype.toString requires that 'this' be a Symbol"
	}
	switch {
	case strings.HasPrefix(msg, "Could not convert ") && strings.HasSuffix(msg, " to primitive"):
		return "Cannot convert object to primitive value"
	case strings.HasPrefix(msg, "Method TypedArray.prototype."):
		return "this is not a typed array."
	case strings.HasPrefix(msg, "Method Date.prototype."):
		return "this is not a Date object."
	case strings.HasPrefix(msg, "Cannot delete property '") && strings.HasPrefix(op, "delete") || op == "_deleteElemStrict":
		// The engine shows the tag of the object, V8 its class.
		m, at := machineOf(vm), 1
		if op == "_deleteElemStrict" {
			at = 2
		}
		if i := strings.LastIndex(msg, " of [object "); i >= 0 && m.sp >= at {
			if o, ok := m.stack[m.sp-at].(*goja.Object); ok {
				return msg[:i+len(" of ")] + describe(o)
			}
		}
	case strings.HasSuffix(msg, " of [object Object]"), strings.HasSuffix(msg, "receiver [object Object]"), strings.HasPrefix(msg, "[object Object] is not"):
		return strings.Replace(msg, "[object Object]", "#<Object>", 1)
	case strings.HasPrefix(msg, "Cannot delete property ") && strings.HasSuffix(msg, "]") && !strings.HasSuffix(msg, "[object Array]"):
		i := strings.LastIndex(msg, "[object ")
		return msg[:max(i, 0)] + "#<" + msg[max(i, 0)+len("[object "):len(msg)-1] + ">"
	case strings.HasPrefix(msg, "Cannot write private member "):
		return strings.Replace(msg, " from an object", " to an object", 1)
	}
	return msg
}

// readOnly adds the object to the message about a property that cannot be
// assigned; it is below the value on the machine's stack.
func readOnly(vm *goja.Runtime, key, msg string) string {
	m := machineOf(vm)
	for i := 2; i <= 3 && m.sp-i >= 0; i++ {
		switch v := m.stack[m.sp-i].(type) {
		case *goja.Object:
			for o := v; o != nil; o = o.Prototype() {
				if base := plainParts(o); base != nil {
					if p := propertyParts(base.values[unistring.NewFromString(key)]); p != nil && p.accessor {
						if IsModuleNamespace(v) {
							return "Cannot assign to read only property '" + key + "' of object '[object Module]'"
						}
						return "Cannot set property " + key + " of " + describe(v) + " which has only a getter"
					}
				}
			}
			return "Cannot assign to read only property '" + key + "' of object '" + describe(v) + "'"
		case goja.String:
			if i == 2 {
				return "Cannot assign to read only property '" + key + "' of string '" + v.String() + "'"
			}
		}
	}
	return msg
}

// notConvertible words what goja says of undefined, null and things without
// an iterator: the instruction tells what was tried.
func notConvertible(vm *goja.Runtime, op, msg string) string {
	switch op {
	case "deleteProp", "deletePropStrict", "_deleteElem", "_deleteElemStrict":
		return "Cannot convert undefined or null to object"
	case "_pushSpread":
		return "Spread syntax requires ...iterable[Symbol.iterator] to be a function"
	case "_iterate", "_iterateP", "_pushArraySpread":
		if text := expressionAt(vm); text != "" {
			return text + " is not iterable"
		}
		if m := machineOf(vm); m.sp > 0 && m.stack[m.sp-1] != nil {
			return kindOf(m.stack[m.sp-1]) + " is not iterable"
		}
	case "":
		if name := callerName(vm); msg == "object is not iterable" && (name == "Map" || name == "Set" || name == "fromEntries") {
			return kindOf(nativeArgument(vm, 0)) + " is not iterable (cannot read property Symbol(Symbol.iterator))"
		} else if isArrayMethod(name) && isNullish(nativeArgument(vm, -1)) {
			return "Array.prototype." + name + " called on null or undefined"
		}
	default:
		if strings.HasPrefix(op, "setProp") || strings.HasPrefix(op, "setElem") || strings.HasPrefix(op, "_setElem") ||
			strings.HasPrefix(op, "getPropRef") || strings.HasPrefix(op, "_getElemRef") {
			return storeFailure(vm, msg)
		}
		if strings.HasPrefix(op, "_new") && msg == "object is not iterable" {
			if m := machineOf(vm); m.sp > 0 && m.stack[m.sp-1] != nil {
				return kindOf(m.stack[m.sp-1]) + " is not iterable (cannot read property Symbol(Symbol.iterator))"
			}
		}
	}
	return msg
}

func isArrayMethod(name string) bool {
	switch name {
	case "map", "forEach", "filter", "reduce", "reduceRight", "some", "every", "find", "findIndex", "findLast", "findLastIndex",
		"indexOf", "lastIndexOf", "includes", "join", "slice", "splice", "concat", "push", "pop", "shift", "unshift", "reverse",
		"sort", "fill", "flat", "flatMap", "at", "keys", "values", "entries", "copyWithin":
		return true
	}
	return false
}

// notCoercible words a destructuring of undefined or null.
func notCoercible(vm *goja.Runtime, op, msg string) string {
	if op != "_checkObjectCoercible" {
		if name := callerName(vm); name != "" && name != "?" {
			return "String.prototype." + name + " called on null or undefined"
		}
		return msg
	}
	src, off, ok := sourceAt(vm)
	if !ok {
		return msg
	}
	m := machineOf(vm)
	value := "undefined"
	if m.sp > 0 && m.stack[m.sp-1] != nil && goja.IsNull(m.stack[m.sp-1]) {
		value = "null"
	}
	what, open := value, -1
	if src[off] == '{' {
		open = off
	} else if before := trimBack(src, off); before > 0 && src[before-1] == '=' {
		if text := forwardExpression(src, off); text != "" {
			what = text
		} else {
			what = intermediate
		}
		if end := trimBack(src, before-1); end > 0 && src[end-1] == '}' {
			open = matching(src, end-1)
		}
	}
	if open >= 0 {
		if key := tokenAt(src, open+1); key.kind == tokenIdentifier || key.kind == tokenKeyword {
			return "Cannot destructure property '" + key.text + "' of '" + what + "' as it is " + value + "."
		}
	}
	return "Cannot destructure '" + what + "' as it is " + value + "."
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func referenceErrorMessage(vm *goja.Runtime, msg string) string {
	switch msg {
	case "Cannot access a variable before initialization":
		if text := identifierAt(vm); text != "" {
			return "Cannot access '" + text + "' before initialization"
		}
	case "Must call super constructor in derived class before accessing 'this'",
		"Must call super constructor in derived class before returning from derived constructor":
		return "Must call super constructor in derived class before accessing 'this' or returning from derived constructor"
	}
	return msg
}

// readFailure finds which of undefined and null was read from: it is on the
// machine's stack, below the key if the key was computed.
func readFailure(vm *goja.Runtime, key string) (name, value string) {
	m := machineOf(vm)
	for i := 1; i <= 3 && m.sp-i >= 0; i++ {
		v := m.stack[m.sp-i]
		switch {
		case v == nil:
		case goja.IsNull(v):
			return key, "null"
		case goja.IsUndefined(v):
			return key, "undefined"
		}
		if sym, ok := v.(*goja.Symbol); ok && sym.String() == key {
			key = describe(sym)
		}
	}
	return key, "undefined"
}

// storeFailure words an assignment to a property of undefined or null.
func storeFailure(vm *goja.Runtime, msg string) string {
	src, off, ok := sourceAt(vm)
	if !ok {
		return msg
	}
	m := machineOf(vm)
	value := "undefined"
	for i := 1; i <= 3 && m.sp-i >= 0; i++ {
		if v := m.stack[m.sp-i]; v != nil && (goja.IsNull(v) || goja.IsUndefined(v)) {
			value = v.String()
			if i > 1 {
				break
			}
		}
	}
	rest := src[off:]
	switch {
	case strings.HasPrefix(rest, "["):
		for i := 1; i <= 3 && m.sp-i >= 0; i++ {
			if v := m.stack[m.sp-i]; v != nil && !isNullish(v) {
				if i+1 <= m.sp && isNullish(m.stack[m.sp-i-1]) {
					return "Cannot set properties of " + m.stack[m.sp-i-1].String() + " (setting '" + describe(v) + "')"
				}
			}
		}
	case isIdentifierStart(rest):
		name := tokenAt(src, off).text
		if i := off - 1; i >= 0 && (src[i] == '.' || strings.HasSuffix(strings.TrimRight(src[:off], " \t\r\n"), ".")) {
			return "Cannot set properties of " + value + " (setting '" + name + "')"
		}
	}
	return msg
}

// notAnObject words goja's message about a value that is no object: it is what
// a call, new, in and instanceof say.
func notAnObject(vm *goja.Runtime, op, msg, value string) string {
	switch op {
	case "_op_in":
		m := machineOf(vm)
		for i := 1; i <= 2 && m.sp-i >= 0; i++ {
			if v := m.stack[m.sp-i]; v != nil && v.String() != value {
				return "Cannot use 'in' operator to search for '" + describe(v) + "' in " + value
			}
		}
		return "Cannot use 'in' operator to search for '" + value + "' in " + value
	case "_op_instanceof":
		return "Right-hand side of 'instanceof' is not an object"
	case "_new", "_newVariadic":
		m := machineOf(vm)
		for i := 1; i <= 64 && m.sp-i >= 0; i++ {
			// The callee is a class of the engine that complains about its argument.
			if fn, ok := m.stack[m.sp-i].(*goja.Object); ok {
				if nativeParts(fn) == nil {
					break
				}
				switch fn.Get("name").String() {
				case "Promise":
					return "Promise resolver " + value + " is not a function"
				case "Map", "WeakMap":
					return "Iterator value " + value + " is not an entry object"
				}
				return msg
			}
		}
		return constructorText(vm, msg)
	case "":
		switch name := callerName(vm); name {
		case "map", "forEach", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap", "sort", "replace":
			return kindOfText(value) + " is not a function"
		case "then", "catch", "finally":
			return "Method Promise.prototype." + name + " called on incompatible receiver " + value
		case "resolve", "reject":
			return "PromiseResolve called on non-object"
		case "ownKeys", "has", "get", "set", "defineProperty", "deleteProperty", "getPrototypeOf", "isExtensible", "preventExtensions":
			if _, ok := nativeArgument(vm, 0).(*goja.Object); !ok && name != "get" && name != "has" && name != "set" {
				return "Reflect." + name + " called on non-object"
			}
			if name == "set" {
				return "Invalid value used as weak map key"
			}
		case "add":
			return "Invalid value used in weak set"
		case "construct":
			return value + " is not a constructor"
		}
		return msg
	}
	if strings.HasPrefix(op, "call") || strings.HasPrefix(op, "_call") {
		if text := calleeText(vm); text != "" {
			return text + " is not a function"
		}
	}
	return msg
}

// constructorText names what new was used on.
func constructorText(vm *goja.Runtime, msg string) string {
	src, off, ok := sourceAt(vm)
	if !ok || !strings.HasPrefix(src[off:], "new") {
		return msg
	}
	if text := forwardExpression(src, skipBlank(src, off+3)); text != "" {
		return text + " is not a constructor"
	}
	return intermediate + " is not a constructor"
}

// nativeArgument returns an argument of the native function that runs; -1 is
// its receiver.
func nativeArgument(vm *goja.Runtime, i int) goja.Value {
	m := machineOf(vm)
	at := m.sb + i
	if i < 0 {
		at = m.sb - 2
	}
	if m.prg == nil && at >= 0 && at < m.sp && m.stack[at] != nil {
		return m.stack[at]
	}
	return goja.Undefined()
}

// kindOfText puts the type before the text of a primitive value.
func kindOfText(s string) string {
	switch {
	case s == "undefined" || s == "null":
		return s
	case s == "true" || s == "false":
		return "boolean " + s
	case s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '-'):
		return "number " + s
	}
	return "string \"" + s + "\""
}

// callerName is the name of the native function that runs, or "" when it is
// JavaScript.
func callerName(vm *goja.Runtime) string {
	m := machineOf(vm)
	if m.prg != nil {
		return ""
	}
	if m.sb > 0 && m.sb-1 < len(m.stack) {
		if fn, ok := m.stack[m.sb-1].(*goja.Object); ok {
			if name, ok := fn.Get("name").(goja.String); ok {
				return name.String()
			}
		}
	}
	return "?"
}

// calledFunction is the function that is about to run, below its arguments on
// the machine's stack.
func calledFunction(vm *goja.Runtime) goja.Value {
	m := machineOf(vm)
	for i := 1; i <= 64 && m.sp-i >= 0; i++ {
		if fn, ok := m.stack[m.sp-i].(*goja.Object); ok && fn.ClassName() == "Function" {
			return fn
		}
	}
	return nil
}

// sourceAt returns the text and the offset that the running code is at.
func sourceAt(vm *goja.Runtime) (src string, off int, ok bool) {
	m := machineOf(vm)
	if m.prg == nil || m.prg.src == nil {
		return "", 0, false
	}
	src, off = m.prg.src.Source(), m.prg.offset(m.pc)
	return src, off, off >= 0 && off < len(src)
}

func identifierAt(vm *goja.Runtime) string {
	src, off, ok := sourceAt(vm)
	if !ok {
		return ""
	}
	if t := tokenAt(src, off); t.kind == tokenIdentifier {
		return t.text
	}
	return ""
}

// expressionAt is the expression that begins where the running code is.
func expressionAt(vm *goja.Runtime) string {
	src, off, ok := sourceAt(vm)
	if !ok {
		return ""
	}
	return forwardExpression(src, off)
}
