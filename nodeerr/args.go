package nodeerr

import "strings"

// InvalidArgType is ERR_INVALID_ARG_TYPE: 'The "name" argument must be of type
// string. Received …'. A name with a dot, or one ending in " argument", is
// worded as Node words it. received is the text after "Received " (the binding
// makes it from the value).
func InvalidArgType(name string, expected string, received string) *Error {
	return New(KindType, "ERR_INVALID_ARG_TYPE", "The "+argName(name)+" must be "+expected+". Received "+received)
}

// argName words the name of an argument or property as Node does.
func argName(name string) string {
	switch {
	case strings.HasSuffix(name, " argument"):
		return name
	case strings.Contains(name, "."):
		return `"` + name + `" property`
	default:
		return `"` + name + `" argument`
	}
}

// InvalidArgValue is ERR_INVALID_ARG_VALUE. received is the inspected value;
// reason defaults to "is invalid".
func InvalidArgValue(name, received, reason string) *Error {
	if reason == "" {
		reason = "is invalid"
	}
	kind := "argument"
	if strings.Contains(name, ".") {
		kind = "property"
	}
	return New(KindType, "ERR_INVALID_ARG_VALUE", "The "+kind+" '"+name+"' "+reason+". Received "+received)
}

// OutOfRange is ERR_OUT_OF_RANGE. want is the text after "It must be ";
// received is the inspected value, with digits grouped by underscores as Node
// does past 2^32.
func OutOfRange(name, want, received string) *Error {
	return New(KindRange, "ERR_OUT_OF_RANGE", `The value of "`+name+`" is out of range. It must be `+want+". Received "+received)
}

// MissingArgs is ERR_MISSING_ARGS for the named arguments.
func MissingArgs(names ...string) *Error {
	q := make([]string, len(names))
	for i, n := range names {
		q[i] = `"` + n + `"`
	}
	text, noun := "", "arguments"
	switch len(q) {
	case 1:
		text, noun = q[0], "argument"
	case 2:
		text = q[0] + " and " + q[1]
	default:
		text = strings.Join(q[:len(q)-1], ", ") + ", and " + q[len(q)-1]
	}
	return New(KindType, "ERR_MISSING_ARGS", "The "+text+" "+noun+" must be specified")
}

// MethodNotImplemented is ERR_METHOD_NOT_IMPLEMENTED, which names what is
// missing.
func MethodNotImplemented(name string) *Error {
	return New(KindError, "ERR_METHOD_NOT_IMPLEMENTED", "The "+name+" method is not implemented")
}
