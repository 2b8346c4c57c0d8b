package nodeerr

// InvalidAsyncID is ERR_INVALID_ASYNC_ID; value is the value's text.
func InvalidAsyncID(name, value string) *Error {
	return New(KindRange, "ERR_INVALID_ASYNC_ID", "Invalid "+name+" value: "+value)
}

// AsyncCallback is ERR_ASYNC_CALLBACK; name is "hook.init".
func AsyncCallback(name string) *Error {
	return New(KindType, "ERR_ASYNC_CALLBACK", name+" must be a function")
}

// AsyncType is ERR_ASYNC_TYPE.
func AsyncType(name string) *Error {
	return New(KindType, "ERR_ASYNC_TYPE", `Invalid name for async "type": `+name)
}
