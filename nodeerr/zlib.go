package nodeerr

import "strconv"

// The errors of node:zlib
// (https://nodejs.org/docs/latest-v24.x/api/zlib.html#class-zlibzlibbase).

// zlibCodes are the names of zlib's return values.
var zlibCodes = map[int]string{
	1: "Z_STREAM_END", 2: "Z_NEED_DICT", -1: "Z_ERRNO", -2: "Z_STREAM_ERROR", -3: "Z_DATA_ERROR",
	-4: "Z_MEM_ERROR", -5: "Z_BUF_ERROR", -6: "Z_VERSION_ERROR",
}

// Zlib is an error of zlib's with its number: -3 is Z_DATA_ERROR.
func Zlib(errno int, message string) *Error {
	return Compression(errno, zlibCodes[errno], message)
}

// Compression is an error of a compression library.
func Compression(errno int, code, message string) *Error {
	e := New(KindError, code, message)
	e.Errno = errno
	return e
}

// ZlibInitializationFailed is ERR_ZLIB_INITIALIZATION_FAILED.
func ZlibInitializationFailed(message string) *Error {
	return New(KindError, "ERR_ZLIB_INITIALIZATION_FAILED", message)
}

// BrotliInvalidParam is ERR_BROTLI_INVALID_PARAM.
func BrotliInvalidParam(key string) *Error {
	return New(KindRange, "ERR_BROTLI_INVALID_PARAM", key+" is not a valid Brotli parameter")
}

// ZstdInvalidParam is ERR_ZSTD_INVALID_PARAM.
func ZstdInvalidParam(key string) *Error {
	return New(KindRange, "ERR_ZSTD_INVALID_PARAM", key+" is not a valid zstd parameter")
}

// TrailingJunkAfterStreamEnd is ERR_TRAILING_JUNK_AFTER_STREAM_END.
func TrailingJunkAfterStreamEnd() *Error {
	return New(KindType, "ERR_TRAILING_JUNK_AFTER_STREAM_END", "Trailing junk found after the end of the compressed stream")
}

// BufferTooLarge is ERR_BUFFER_TOO_LARGE for a limit in bytes.
func BufferTooLarge(limit int64) *Error {
	return New(KindRange, "ERR_BUFFER_TOO_LARGE", "Cannot create a Buffer larger than "+strconv.FormatInt(limit, 10)+" bytes")
}
