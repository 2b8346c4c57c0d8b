package tls

import (
	stdtls "crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/nodeerr"
)

var (
	errNoCertificate = errors.New("tls: no certificates configured")
	errNoSigalgs     = errors.New("tls: no shared signature algorithms")
	errUnsuitable    = errors.New("tls: no supported signature algorithm")
)

// alerts are OpenSSL's words for the alerts of a peer, by crypto/tls's.
var alerts = map[string]struct {
	number int
	reason string
}{
	"unexpected message": {10, "ssl/tls alert unexpected message"}, "bad record MAC": {20, "ssl/tls alert bad record mac"},
	"handshake failure": {40, "ssl/tls alert handshake failure"}, "bad certificate": {42, "ssl/tls alert bad certificate"},
	"unsupported certificate": {43, "ssl/tls alert unsupported certificate"}, "revoked certificate": {44, "ssl/tls alert certificate revoked"},
	"expired certificate": {45, "ssl/tls alert certificate expired"}, "unknown certificate": {46, "ssl/tls alert certificate unknown"},
	"illegal parameter": {47, "ssl/tls alert illegal parameter"}, "unknown certificate authority": {48, "tlsv1 alert unknown ca"},
	"access denied": {49, "tlsv1 alert access denied"}, "error decoding message": {50, "tlsv1 alert decode error"},
	"error decrypting message": {51, "tlsv1 alert decrypt error"}, "protocol version not supported": {70, "tlsv1 alert protocol version"},
	"insufficient security level": {71, "tlsv1 alert insufficient security"}, "internal error": {80, "tlsv1 alert internal error"},
	"user canceled": {90, "tlsv1 alert user cancelled"}, "no renegotiation": {100, "tlsv1 alert no renegotiation"},
	"unrecognized name": {112, "tlsv1 unrecognized name"}, "unknown PSK identity": {115, "tlsv1 alert unknown psk identity"},
	"certificate required": {116, "tlsv13 alert certificate required"}, "no application protocol": {120, "tlsv1 alert no application protocol"},
}

func reasonCode(reason string) string {
	code := strings.ToUpper(strings.NewReplacer(" ", "_", "/", "_").Replace(reason))
	code = strings.TrimPrefix(code, "SSL_TLS_")
	if strings.HasPrefix(reason, "ssl/tls") {
		return "ERR_SSL_SSL/TLS_" + code
	}
	return "ERR_SSL_" + code
}

// translate makes OpenSSL's error of one of crypto/tls. head are the first bytes
// that came.
func (s *Socket) translate(err error, head []byte) error {
	var own *callbackError
	if errors.As(err, &own) {
		return own.err
	}
	var known *nodeerr.Error
	if errors.As(err, &known) || nodeerr.Code(err) != "" {
		return err
	}
	text := err.Error()
	var record stdtls.RecordHeaderError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		if s.IsServer {
			return nodeerr.New(nodeerr.KindError, "ECONNRESET", "socket hang up")
		}
		return s.disconnected()
	case errors.As(err, &record), strings.Contains(text, "first record does not look like a TLS handshake"):
		if s.IsServer && httpRequest(head) {
			return nodeerr.SSL(0x0A00009C, "http request", "ERR_SSL_HTTP_REQUEST")
		}
		if strings.Contains(text, "unsupported SSLv2") {
			return nodeerr.SSL(0x0A000102, "unsupported protocol", "ERR_SSL_UNSUPPORTED_PROTOCOL")
		}
		if !s.IsServer && len(head) > 4 && int(head[3])<<8|int(head[4]) > 16384+2048 {
			return nodeerr.SSL(0x0A0000C6, "packet length too long", "ERR_SSL_PACKET_LENGTH_TOO_LONG")
		}
		return nodeerr.SSL(0x0A00010B, "wrong version number", "ERR_SSL_WRONG_VERSION_NUMBER")
	}
	if rest, ok := strings.CutPrefix(text, "remote error: tls: "); ok {
		if s.IsServer && len(head) > 0 && head[0] == 21 { // nothing but the alert came
			return nodeerr.SSL(0x0A0000F4, "unexpected message", "ERR_SSL_UNEXPECTED_MESSAGE")
		}
		a, found := alerts[rest]
		if !found {
			a.number, a.reason = 40, "ssl/tls alert handshake failure"
		}
		return nodeerr.SSL(uint32(0x0A0003E8+a.number), a.reason, reasonCode(a.reason))
	}
	if rest, ok := strings.CutPrefix(text, "tls: client offered only unsupported versions: "); ok {
		return s.noVersion(rest)
	}
	for _, x := range []struct {
		part   string
		number uint32
		reason string
	}{
		{"client didn't provide a certificate", 0x0A0000C7, "peer did not return a certificate"},
		{"client offered only unsupported versions", 0x0A000102, "unsupported protocol"},
		{"no supported versions satisfy MinVersion and MaxVersion", 0x0A0000BF, "no protocols available"},
		{"server selected unsupported protocol version", 0x0A000102, "unsupported protocol"},
		{"no cipher suite supported by both", 0x0A0000C1, "no shared cipher"},
		{"server chose an unconfigured cipher suite", 0x0A0000F8, "unknown cipher returned"},
		{"no certificates configured", 0x0A0000C1, "no shared cipher"},
		{"no shared signature algorithms", 0x0A000178, "no shared signature algorithms"},
		{"no supported signature", 0x0A000076, "no suitable signature algorithm"},
		{"peer doesn't support any of the certificate's signature algorithms", 0x0A000076, "no suitable signature algorithm"},
		{"no ECDHE curve supported by both", 0x0A0000C1, "no shared cipher"},
		{"unsupported application protocol", 0x0A0000EB, "no application protocol"},
		{"no mutual application protocol", 0x0A0000EB, "no application protocol"},
		{"bad record MAC", 0x0A000119, "decryption failed or bad record mac"},
		{"unexpected message", 0x0A0000F4, "unexpected message"},
		{"key size too small for supported signature", 0x0A000076, "no suitable signature algorithm"},
		{"key size too small", 0x0A00018A, "dh key too small"},
	} {
		if strings.Contains(text, x.part) {
			return nodeerr.SSL(x.number, x.reason, reasonCode(x.reason))
		}
	}
	return nodeerr.SSL(0x0A000126, strings.TrimPrefix(text, "tls: "), "ERR_SSL_"+strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(text, "tls: "), " ", "_")))
}

// refusal is what OpenSSL's server answers where crypto/tls answers something
// else, nil elsewhere. Nothing was sent before.
func (s *Socket) refusal(err error) []byte {
	if errors.Is(err, errNoSigalgs) || errors.Is(err, errUnsuitable) {
		return []byte{21, 3, 3, 0, 2, 2, 40} // a fatal alert: handshake failure
	}
	rest, ok := strings.CutPrefix(err.Error(), "tls: client offered only unsupported versions: ")
	if !ok || !s.IsServer || !s.tooOld(rest) {
		return nil
	}
	// A ServerHello (RFC 5246, section 7.4.1.3) of the server's version, which the
	// client refuses.
	version := binary.BigEndian.AppendUint16(nil, s.Chosen().Max)
	hello := slices.Concat(version, crypto.RandomBytes(32), []byte{0, 0, byte(stdtls.TLS_RSA_WITH_AES_128_CBC_SHA), 0})
	message := append([]byte{2, 0, 0, byte(len(hello))}, hello...)
	return slices.Concat([]byte{22}, version, []byte{0, byte(len(message))}, message)
}

// noVersion is the error of a server that has no version in common with a client;
// offered lists the client's, "[303 302]".
func (s *Socket) noVersion(offered string) error {
	ctx := s.Chosen()
	if ctx.Min > ctx.Max {
		return nodeerr.SSL(0x0A0000BF, "no protocols available", "ERR_SSL_NO_PROTOCOLS_AVAILABLE")
	}
	if s.tooOld(offered) { // the client refuses what the server answers
		return nodeerr.SSL(0x0A00010B, "wrong version number", "ERR_SSL_WRONG_VERSION_NUMBER")
	}
	return nodeerr.SSL(0x0A000102, "unsupported protocol", "ERR_SSL_UNSUPPORTED_PROTOCOL")
}

// tooOld reports whether OpenSSL's server would answer a client without TLS 1.3
// with an older version than the client takes.
func (s *Socket) tooOld(offered string) bool {
	ctx := s.Chosen()
	var newest int64
	for _, v := range strings.Fields(strings.Trim(offered, "[]")) {
		if n, err := strconv.ParseInt(v, 16, 32); err == nil {
			newest = max(newest, n)
		}
	}
	return ctx.Min <= ctx.Max && newest < stdtls.VersionTLS13 && newest > int64(ctx.Max)
}

// httpRequest reports whether bytes begin a request of HTTP.
func httpRequest(p []byte) bool {
	for _, m := range []string{"GET ", "POST ", "HEAD ", "PUT "} {
		if strings.HasPrefix(string(p), m) {
			return true
		}
	}
	return false
}

// SetEarly says what the error of a connection that ends before it is secure
// tells besides.
func (s *Socket) SetEarly(e *nodeerr.Error) { s.early = e }

func (s *Socket) disconnected() error {
	if s.early != nil {
		return s.early
	}
	return nodeerr.TLSDisconnected()
}
