// Package crypto is the substance of node:crypto
// (https://nodejs.org/docs/latest-v24.x/api/crypto.html) for Go programs: the
// digests, ciphers and key formats that OpenSSL has under the names that Node
// knows, on Go's standard library and golang.org/x/crypto, with OpenSSL's
// limits and errors. It imports no engine.
//
// Nothing here knows a loop: every function may be called from any goroutine,
// and an object (Hash, Cipher, …) belongs to one goroutine at a time.
//
// Errors are nodeerr.Error values with OpenSSL's codes and texts.
//
// What the standard library has is constant-time as it is there. RSA here is
// blinded arithmetic on big integers, since OpenSSL allows key sizes, exponents
// and paddings that crypto/rsa refuses; the curves that crypto/elliptic lacks
// (secp256k1, brainpool) and classic Diffie-Hellman are big-integer arithmetic
// without such protection: who signs with them on a machine shared with an
// attacker who measures time should not.
package crypto
