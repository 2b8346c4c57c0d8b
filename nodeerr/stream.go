package nodeerr

// The errors of node:stream
// (https://nodejs.org/docs/latest-v24.x/api/errors.html#nodejs-error-codes).

// StreamWriteAfterEnd is ERR_STREAM_WRITE_AFTER_END.
func StreamWriteAfterEnd() *Error {
	return New(KindError, "ERR_STREAM_WRITE_AFTER_END", "write after end")
}

// StreamDestroyed is ERR_STREAM_DESTROYED: call names the method ("write").
func StreamDestroyed(call string) *Error {
	return New(KindError, "ERR_STREAM_DESTROYED", "Cannot call "+call+" after a stream was destroyed")
}

// StreamAlreadyFinished is ERR_STREAM_ALREADY_FINISHED.
func StreamAlreadyFinished(call string) *Error {
	return New(KindError, "ERR_STREAM_ALREADY_FINISHED", "Cannot call "+call+" after a stream was finished")
}

// StreamNullValues is ERR_STREAM_NULL_VALUES.
func StreamNullValues() *Error {
	return New(KindType, "ERR_STREAM_NULL_VALUES", "May not write null values to stream")
}

// StreamPushAfterEOF is ERR_STREAM_PUSH_AFTER_EOF.
func StreamPushAfterEOF() *Error {
	return New(KindError, "ERR_STREAM_PUSH_AFTER_EOF", "stream.push() after EOF")
}

// StreamUnshiftAfterEndEvent is ERR_STREAM_UNSHIFT_AFTER_END_EVENT.
func StreamUnshiftAfterEndEvent() *Error {
	return New(KindError, "ERR_STREAM_UNSHIFT_AFTER_END_EVENT", "stream.unshift() after end event")
}

// StreamPrematureClose is ERR_STREAM_PREMATURE_CLOSE.
func StreamPrematureClose() *Error {
	return New(KindError, "ERR_STREAM_PREMATURE_CLOSE", "Premature close")
}

// StreamCannotPipe is ERR_STREAM_CANNOT_PIPE.
func StreamCannotPipe() *Error {
	return New(KindError, "ERR_STREAM_CANNOT_PIPE", "Cannot pipe, not readable")
}

// StreamUnableToPipe is ERR_STREAM_UNABLE_TO_PIPE.
func StreamUnableToPipe() *Error {
	return New(KindError, "ERR_STREAM_UNABLE_TO_PIPE", "Cannot pipe to a closed or destroyed stream")
}

// StreamWrap is ERR_STREAM_WRAP.
func StreamWrap() *Error {
	return New(KindError, "ERR_STREAM_WRAP", "Stream has StringDecoder set or is in objectMode")
}

// MultipleCallback is ERR_MULTIPLE_CALLBACK.
func MultipleCallback() *Error {
	return New(KindError, "ERR_MULTIPLE_CALLBACK", "Callback called multiple times")
}

// UnknownEncoding is ERR_UNKNOWN_ENCODING.
func UnknownEncoding(enc string) *Error {
	return New(KindType, "ERR_UNKNOWN_ENCODING", "Unknown encoding: "+enc)
}

// Aggregate is AggregateError of errs with a message and a code, "" for none;
// its errors are the property "errors".
func Aggregate(message, code string, errs ...error) *Error {
	return New(KindAggregate, code, message).With("errors", errs)
}

// Abort is the AbortError of an aborted signal; cause is the signal's reason,
// nil for none.
func Abort(cause error) *Error {
	e := New(KindAbort, "ABORT_ERR", "The operation was aborted")
	e.Cause = cause
	return e
}

// InvalidReturnValue is ERR_INVALID_RETURN_VALUE: the function name returned
// got instead of input.
func InvalidReturnValue(input, name, got string) *Error {
	return New(KindType, "ERR_INVALID_RETURN_VALUE", "Expected "+input+` to be returned from the "`+name+`" function but got `+got+".")
}
