package tls

import (
	"crypto/x509"
	"errors"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/nodeerr"
)

// AddPFX adds what a PKCS #12 file holds: a key, its certificate, and
// certificates of authorities, which are trusted too.
func (c *Context) AddPFX(p, passphrase []byte) error {
	key, cert, cas, err := pkcs12.DecodeChain(p, string(passphrase))
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword):
		return nodeerr.New(nodeerr.KindError, "", "mac verify failure")
	case errors.As(err, new(pkcs12.NotImplementedError)):
		return nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_UNSUPPORTED_OPERATION", "Unsupported PKCS12 PFX data")
	case err != nil && len(p) < 64:
		return nodeerr.New(nodeerr.KindError, "", "not enough data")
	case err != nil:
		return nodeerr.New(nodeerr.KindError, "", "Unable to load private key from PFX data")
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nodeerr.New(nodeerr.KindError, "", "Unable to load private key from PFX data")
	}
	k, err := crypto.ParsePKCS8(der)
	if err != nil {
		return err
	}
	list := []*crypto.Certificate{}
	for _, x := range append([]*x509.Certificate{cert}, cas...) {
		parsed, err := crypto.ParseCertificateDER(x.Raw)
		if err != nil {
			return err
		}
		list = append(list, parsed)
	}
	for _, ca := range list[1:] {
		c.extend()
		c.store.Add(ca)
	}
	c.pendingCert = append(c.pendingCert, list)
	return c.AddKey(k)
}
