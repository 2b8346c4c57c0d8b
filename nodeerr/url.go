package nodeerr

// InvalidURL is ERR_INVALID_URL for a URL parsed by itself.
func InvalidURL(input string) *Error {
	e := InvalidLegacyURL(input)
	e.Native = true
	return e
}

// InvalidLegacyURL is ERR_INVALID_URL of url.parse and of a setter.
func InvalidLegacyURL(input string) *Error {
	return New(KindType, "ERR_INVALID_URL", "Invalid URL").With("input", input)
}

// InvalidURLBase is ERR_INVALID_URL for a URL parsed against a base.
func InvalidURLBase(input, base string) *Error {
	return InvalidURL(input).With("base", base)
}

// InvalidURI is ERR_INVALID_URI: a string with a lone surrogate was to be
// percent-encoded.
func InvalidURI() *Error {
	return New(KindURI, "ERR_INVALID_URI", "URI malformed")
}

// InvalidURLScheme is ERR_INVALID_URL_SCHEME: a URL of that scheme was expected.
func InvalidURLScheme(expected string) *Error {
	return New(KindType, "ERR_INVALID_URL_SCHEME", "The URL must be of scheme "+expected)
}

// InvalidFileURLHost is ERR_INVALID_FILE_URL_HOST: paths of the platform have no
// host.
func InvalidFileURLHost(platform string) *Error {
	return New(KindType, "ERR_INVALID_FILE_URL_HOST", `File URL host must be "localhost" or empty on `+platform)
}

// InvalidFileURLPath is ERR_INVALID_FILE_URL_PATH; input is the URL.
func InvalidFileURLPath(reason, input string) *Error {
	return New(KindType, "ERR_INVALID_FILE_URL_PATH", "File URL path "+reason).With("input", input)
}

// ArgNotIterable is ERR_ARG_NOT_ITERABLE.
func ArgNotIterable(name string) *Error {
	return New(KindType, "ERR_ARG_NOT_ITERABLE", name+" must be iterable")
}

// InvalidTuple is ERR_INVALID_TUPLE: shape is what name must be.
func InvalidTuple(name, shape string) *Error {
	return New(KindType, "ERR_INVALID_TUPLE", name+" must be an iterable "+shape+" tuple")
}

// InvalidThis is ERR_INVALID_THIS: a method was called on something that is no
// object of the class.
func InvalidThis(class string) *Error {
	return New(KindType, "ERR_INVALID_THIS", `Value of "this" must be of type `+class)
}
