package nodeerr

// CryptoInvalidKeyObjectType is ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE.
func CryptoInvalidKeyObjectType(got, want string) *Error {
	return New(KindType, "ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE", "Invalid key object type "+got+", expected "+want+".")
}

// CryptoIncompatibleKeyOptions is ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS.
func CryptoIncompatibleKeyOptions(encoding, why string) *Error {
	return New(KindError, "ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS", "The selected key encoding "+encoding+" "+why+".")
}

// CryptoUnknownCipher is ERR_CRYPTO_UNKNOWN_CIPHER.
func CryptoUnknownCipher() *Error {
	return Native(KindError, "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher")
}

// CryptoInvalidJWK is ERR_CRYPTO_INVALID_JWK as Node's native part throws it.
func CryptoInvalidJWK(message string) *Error {
	return Native(KindType, "ERR_CRYPTO_INVALID_JWK", message)
}

// CryptoSignKeyRequired is ERR_CRYPTO_SIGN_KEY_REQUIRED.
func CryptoSignKeyRequired() *Error {
	return New(KindError, "ERR_CRYPTO_SIGN_KEY_REQUIRED", "No key provided to sign")
}
