package stream

// Options configure a Stream, as the options of Node's constructors do
// (https://nodejs.org/docs/latest-v24.x/api/stream.html#api-for-stream-implementers).
// Begin with one of ReadableOptions, WritableOptions, DuplexOptions,
// TransformOptions or PassThroughOptions, which hold Node's defaults.
type Options struct {
	// Readable and Writable say which halves the stream has.
	Readable, Writable bool

	// The high-water marks in bytes, in UTF-16 units for text, in chunks in
	// object mode. Negative: the loop's default.
	ReadableHighWaterMark, WritableHighWaterMark int
	ReadableObjectMode, WritableObjectMode       bool

	// Encoding is the readable half's encoding, "" for bytes.
	Encoding string
	// DefaultEncoding is that of strings given to Push and Write, "" for utf8.
	DefaultEncoding string
	// DecodeStrings makes Write turn text into bytes before _write sees it.
	DecodeStrings bool

	EmitClose   bool // emit 'close' after destroy
	AutoDestroy bool // destroy after end and finish, and on errors

	// AllowHalfOpen of a Duplex: when false, the writable half ends by itself
	// once the readable half has ended.
	AllowHalfOpen bool
	// ReadableFalse and WritableFalse are the options readable: false and
	// writable: false of a Duplex: the half is there and has ended.
	ReadableFalse, WritableFalse bool

	// Transform makes the Duplex a Transform; PassThrough, one that hands every
	// chunk on.
	Transform, PassThrough bool

	// Signal destroys the stream when it is aborted; nil for none.
	Signal Signal
}

func defaults() Options {
	return Options{
		ReadableHighWaterMark: -1, WritableHighWaterMark: -1,
		DecodeStrings: true, EmitClose: true, AutoDestroy: true, AllowHalfOpen: true,
	}
}

// ReadableOptions returns the defaults of new stream.Readable().
func ReadableOptions() Options {
	o := defaults()
	o.Readable = true
	return o
}

// WritableOptions returns the defaults of new stream.Writable().
func WritableOptions() Options {
	o := defaults()
	o.Writable = true
	return o
}

// DuplexOptions returns the defaults of new stream.Duplex().
func DuplexOptions() Options {
	o := defaults()
	o.Readable, o.Writable = true, true
	return o
}

// TransformOptions returns the defaults of new stream.Transform().
func TransformOptions() Options {
	o := DuplexOptions()
	o.Transform = true
	return o
}

// PassThroughOptions returns the defaults of new stream.PassThrough().
func PassThroughOptions() Options {
	o := TransformOptions()
	o.PassThrough = true
	return o
}
