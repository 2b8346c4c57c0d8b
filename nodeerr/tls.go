package nodeerr

// SSL is an error of OpenSSL's libssl with its place in the text left out.
func SSL(number uint32, reason, code string, stack ...string) *Error {
	return OpenSSL(number, "SSL routines", reason, code, stack...)
}

// TLSHandshakeTimeout is ERR_TLS_HANDSHAKE_TIMEOUT.
func TLSHandshakeTimeout() *Error {
	return New(KindError, "ERR_TLS_HANDSHAKE_TIMEOUT", "TLS handshake timeout")
}

// TLSDisconnected is the ECONNRESET of a connection that ended before it was
// secure.
func TLSDisconnected() *Error {
	return New(KindError, "ECONNRESET", "Client network socket disconnected before secure TLS connection was established")
}

// TLSAltNameInvalid is ERR_TLS_CERT_ALTNAME_INVALID.
func TLSAltNameInvalid(reason, host string, cert any) *Error {
	return New(KindError, "ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match certificate's altnames: "+reason).
		With("reason", reason).With("host", host).With("cert", cert)
}
