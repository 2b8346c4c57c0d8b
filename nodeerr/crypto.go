package nodeerr

import "fmt"

// Native is an error that Node's native part throws: it has a code, which its
// stack does not show.
func Native(kind Kind, code, message string) *Error {
	return New(kind, "", message).With("code", code)
}

// OpenSSL is an error of OpenSSL: "error:1C800064:Provider routines::bad
// decrypt" with the properties library, reason and code. stack lists earlier
// errors of the same call, oldest first.
func OpenSSL(number uint32, library, reason, code string, stack ...string) *Error {
	e := New(KindError, "", fmt.Sprintf("error:%08X:%s::%s", number, library, reason))
	if len(stack) > 0 {
		list := make([]any, len(stack))
		for i, s := range stack {
			list[i] = s
		}
		e.With("opensslErrorStack", list)
	}
	return e.With("library", library).With("reason", reason).With("code", code)
}

// The errors that several parts of crypto share.

// CryptoHashFinalized is ERR_CRYPTO_HASH_FINALIZED.
func CryptoHashFinalized() *Error {
	return New(KindError, "ERR_CRYPTO_HASH_FINALIZED", "Digest already called")
}

// CryptoInvalidDigest is ERR_CRYPTO_INVALID_DIGEST as JavaScript throws it.
func CryptoInvalidDigest(name string) *Error {
	return New(KindType, "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+name)
}

// OpenSSLUnsupported is what OpenSSL 3 says of an algorithm that no provider
// has.
func OpenSSLUnsupported(stack ...string) *Error {
	return OpenSSL(0x0308010C, "digital envelope routines", "unsupported", "ERR_OSSL_EVP_UNSUPPORTED", stack...)
}
