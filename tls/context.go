package tls

import (
	stdcrypto "crypto"
	"crypto/sha256"
	stdtls "crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"slices"
	"time"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/nodeerr"
)

// Context is a SecureContext: credentials and settings of connections
// (https://nodejs.org/docs/latest-v24.x/api/tls.html#tlscreatesecurecontextoptions).
type Context struct {
	certs      []stdtls.Certificate
	chains     [][]*crypto.Certificate // of certs
	store      *Store                  // trusted; nil for the default
	Fallback   *Store                  // what is trusted besides a store that was extended; nil for Mozilla's roots
	revoked    []Revocation
	Partial    bool // allowPartialTrustChain
	Min, Max   uint16
	ciphers    []uint16
	curves     []stdtls.CurveID
	sigalgs    []sigalg // nil for OpenSSL's own
	TicketKeys []byte   // 48 bytes
	NoTickets  bool
	Lifetime   int // sessionTimeout, seconds

	pendingKeys []*crypto.Key
	pendingCert [][]*crypto.Certificate
}

// NewContext returns a context with Node's defaults.
func NewContext() *Context {
	return &Context{Min: stdtls.VersionTLS12, Max: stdtls.VersionTLS13, TicketKeys: crypto.RandomBytes(48)}
}

// SetCiphers takes a list of ciphers in OpenSSL's notation.
func (c *Context) SetCiphers(list string) (err error) {
	c.ciphers, err = parseCiphers(list)
	return err
}

// SetCurves takes names of groups with colons between them.
func (c *Context) SetCurves(list string) (err error) {
	c.curves, err = parseCurves(list)
	return err
}

func parseCertificates(p []byte) (out []*crypto.Certificate, err error) {
	for rest := p; ; {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return out, nil
		}
		switch b.Type {
		case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
			c, err := crypto.ParseCertificateDER(b.Bytes)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
	}
}

// AddCA trusts the certificates in PEM, or one in DER. The default roots are not
// trusted any more.
func (c *Context) AddCA(p []byte) error {
	list, err := parseCertificates(p)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		if one, _ := crypto.ParseCertificateDER(p); one != nil {
			list = append(list, one)
		}
	}
	c.OwnStore()
	for _, x := range list {
		c.store.Add(x)
	}
	return nil
}

// ExtendCA trusts the certificates in PEM besides those that are trusted already,
// the default roots among them.
func (c *Context) ExtendCA(p []byte) error {
	c.extend()
	return c.AddCA(p)
}

func (c *Context) extend() {
	if c.store == nil {
		c.store = &Store{base: c.trusted(c.Fallback)}
	}
}

// OwnStore replaces the default roots by none.
func (c *Context) OwnStore() {
	if c.store == nil {
		c.store = &Store{}
	}
}

// AddCertificate adds a certificate in PEM with those that issued it behind it.
func (c *Context) AddCertificate(p []byte) error {
	list, err := parseCertificates(p)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return crypto.NoStartLine()
	}
	c.pendingCert = append(c.pendingCert, list)
	return c.match()
}

// AddKey adds a private key.
func (c *Context) AddKey(k *crypto.Key) error {
	c.pendingKeys = append(c.pendingKeys, k)
	return c.match()
}

// match brings certificates and keys together. A key that comes after its kind
// of certificate and does not fit is an error.
func (c *Context) match() error {
	for i := 0; i < len(c.pendingKeys); {
		k := c.pendingKeys[i]
		at := slices.IndexFunc(c.pendingCert, func(list []*crypto.Certificate) bool {
			pub, err := list[0].PublicKey()
			return err == nil && k.Public().Equal(pub)
		})
		if at < 0 {
			if slices.ContainsFunc(c.pendingCert, func(list []*crypto.Certificate) bool {
				pub, err := list[0].PublicKey()
				return err == nil && pub.Type == k.Type
			}) {
				return nodeerr.OpenSSL(0x05800074, "x509 certificate routines", "key values mismatch", "ERR_OSSL_X509_KEY_VALUES_MISMATCH")
			}
			i++
			continue
		}
		if err := c.use(c.pendingCert[at], k); err != nil {
			return err
		}
		c.pendingCert = slices.Delete(c.pendingCert, at, at+1)
		c.pendingKeys = slices.Delete(c.pendingKeys, i, i+1)
	}
	return nil
}

func (c *Context) use(list []*crypto.Certificate, k *crypto.Key) error {
	if k.Type == "rsa-pss" {
		k = &crypto.Key{Type: "rsa", Private: true, RSA: k.RSA}
	}
	priv, err := x509.ParsePKCS8PrivateKey(k.MarshalPKCS8())
	if err != nil {
		return nodeerr.OpenSSLUnsupported()
	}
	signer, ok := priv.(stdcrypto.Signer)
	if !ok {
		return nodeerr.OpenSSLUnsupported()
	}
	t := stdtls.Certificate{PrivateKey: signer}
	for _, x := range list {
		t.Certificate = append(t.Certificate, x.Raw)
	}
	c.certs = append(c.certs, t)
	c.chains = append(c.chains, list)
	return nil
}

// AddCRL adds a list of revoked certificates in PEM.
func (c *Context) AddCRL(p []byte) error {
	b, _ := pem.Decode(p)
	if b == nil {
		return nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", "Failed to parse CRL")
	}
	var l struct { // RFC 5280, section 5.1; crypto/x509 takes no lists of version 1
		TBS struct {
			Version             int `asn1:"optional,default:0"`
			Signature           asn1.RawValue
			Issuer              asn1.RawValue
			ThisUpdate          time.Time
			NextUpdate          time.Time                 `asn1:"optional"`
			RevokedCertificates []pkix.RevokedCertificate `asn1:"optional"`
			Extensions          asn1.RawValue             `asn1:"optional,explicit,tag:0"`
		}
		Algorithm asn1.RawValue
		Value     asn1.BitString
	}
	if _, err := asn1.Unmarshal(b.Bytes, &l); err != nil {
		return nodeerr.Native(nodeerr.KindError, "ERR_CRYPTO_OPERATION_FAILED", "Failed to parse CRL")
	}
	var r Revocation
	r.From, r.End = l.TBS.ThisUpdate, l.TBS.NextUpdate
	r.Issuer = crypto.ParseName(l.TBS.Issuer.FullBytes).Text()
	for _, e := range l.TBS.RevokedCertificates {
		r.Serials = append(r.Serials, crypto.SerialText(e.SerialNumber))
	}
	c.revoked = append(c.revoked, r)
	return nil
}

// trusted is the store that peers are verified against.
func (c *Context) trusted(fallback *Store) *Store {
	if c.store != nil {
		return c.store
	}
	if fallback != nil {
		return fallback
	}
	return rootStore()
}

// config makes what crypto/tls wants, less what a connection adds.
func (c *Context) config() *stdtls.Config {
	cfg := &stdtls.Config{
		MinVersion: c.Min, MaxVersion: c.Max, CipherSuites: c.ciphers, CurvePreferences: c.curves,
		InsecureSkipVerify: true, // verified after the handshake, with OpenSSL's words
	}
	for i, t := range c.certs {
		cfg.Certificates = append(cfg.Certificates, c.completed(t, c.chains[i]))
	}
	c.signing(cfg)
	if len(c.TicketKeys) > 0 {
		cfg.SetSessionTicketKeys([][32]byte{sha256.Sum256(c.TicketKeys)})
	}
	return cfg
}

// completed adds the issuers that the store knows to a certificate that comes
// alone, as OpenSSL does.
func (c *Context) completed(t stdtls.Certificate, chain []*crypto.Certificate) stdtls.Certificate {
	if c.store == nil || len(chain) != 1 {
		return t
	}
	now := time.Now()
	for at := chain[0]; !selfIssued(at) && len(t.Certificate) < 20; {
		next := c.store.issuer(at, now)
		if next == nil {
			break
		}
		t.Certificate = append(slices.Clone(t.Certificate), next.Raw)
		at = next
	}
	return t
}

// issuerOf finds the certificate that issued the first of a chain, in DER; nil
// where it is not known.
func (c *Context) issuerOf(chain [][]byte) []byte {
	if len(chain) > 1 {
		return chain[1]
	}
	leaf, err := crypto.ParseCertificateDER(chain[0])
	if err != nil || c.store == nil {
		return nil
	}
	if issuer := c.store.issuer(leaf, time.Now()); issuer != nil {
		return issuer.Raw
	}
	return nil
}

// Certificate returns the first certificate and those given with it, nil for
// none.
func (c *Context) Certificate() []*crypto.Certificate {
	if len(c.chains) > 0 {
		return c.chains[0]
	}
	if len(c.pendingCert) > 0 {
		return c.pendingCert[0]
	}
	return nil
}
