package tls

import (
	"bytes"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/x509roots/fallback/bundle"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/nodeerr"
)

// Roots returns the certificates of Mozilla's list, in DER
// (tls.rootCertificates).
var Roots = sync.OnceValue(func() (out [][]byte) {
	for r := range bundle.Roots() {
		out = append(out, r.Certificate)
	}
	return out
})

// rootStore is Roots, parsed.
var rootStore = sync.OnceValue(func() *Store {
	s := &Store{}
	for _, der := range Roots() {
		if c, err := crypto.ParseCertificateDER(der); err == nil {
			s.Add(c)
		}
	}
	return s
})

// Store is a set of trusted certificates.
type Store struct {
	base   *Store // what it adds to, nil for nothing
	certs  []*crypto.Certificate
	byName map[string][]*crypto.Certificate
}

// Add adds a certificate.
func (s *Store) Add(c *crypto.Certificate) {
	if s.byName == nil {
		s.byName = map[string][]*crypto.Certificate{}
	}
	key := c.Subject.Text()
	s.certs = append(s.certs, c)
	s.byName[key] = append(s.byName[key], c)
}

// issuer finds a certificate that issued c, one that is valid now if there are
// several.
func (s *Store) issuer(c *crypto.Certificate, now time.Time) *crypto.Certificate {
	if found := pickIssuer(c, s.byName[c.Issuer.Text()], now); found != nil || s.base == nil {
		return found
	}
	return s.base.issuer(c, now)
}

func pickIssuer(c *crypto.Certificate, list []*crypto.Certificate, now time.Time) (found *crypto.Certificate) {
	for _, o := range list {
		if !c.IssuedBy(o) {
			continue
		}
		if !now.Before(o.NotBefore) && !now.After(o.NotAfter) {
			return o
		}
		if found == nil {
			found = o
		}
	}
	return found
}

func (s *Store) has(c *crypto.Certificate) bool {
	return slices.ContainsFunc(s.byName[c.Subject.Text()], func(o *crypto.Certificate) bool { return bytes.Equal(o.Raw, c.Raw) }) ||
		s.base != nil && s.base.has(c)
}

// verifyTexts are X509_verify_cert_error_string's words for the codes.
var verifyTexts = map[string]string{
	"UNABLE_TO_GET_ISSUER_CERT": "unable to get issuer certificate", "CERT_SIGNATURE_FAILURE": "certificate signature failure",
	"CERT_NOT_YET_VALID": "certificate is not yet valid", "CERT_HAS_EXPIRED": "certificate has expired",
	"DEPTH_ZERO_SELF_SIGNED_CERT": "self-signed certificate", "SELF_SIGNED_CERT_IN_CHAIN": "self-signed certificate in certificate chain",
	"UNABLE_TO_GET_ISSUER_CERT_LOCALLY": "unable to get local issuer certificate",
	"UNABLE_TO_VERIFY_LEAF_SIGNATURE":   "unable to verify the first certificate",
	"INVALID_PURPOSE":                   "unsuitable certificate purpose", "CERT_REVOKED": "certificate revoked",
	"INVALID_CA": "invalid CA certificate", "UNABLE_TO_GET_CRL": "unable to get certificate CRL",
	"CRL_NOT_YET_VALID": "CRL is not yet valid", "CRL_HAS_EXPIRED": "CRL has expired",
}

// verifyError is an error of verification.
func verifyError(code string) *nodeerr.Error {
	return nodeerr.New(nodeerr.KindError, "", verifyTexts[code]).With("code", code)
}

// Revocation is a list of revoked certificates: serial numbers by issuer's name.
type Revocation struct {
	Issuer    string
	Serials   []string
	From, End time.Time // End is zero for no end
}

// verification is what to verify against.
type verification struct {
	store   *Store
	partial bool // a trusted certificate need not be a root
	revoked []Revocation
	purpose string // the extended key usage that the peer must have
	now     time.Time
}

// verify checks a chain as OpenSSL does where an error does not end the
// verification: the last error counts. It returns the chain that was built.
func (v *verification) verify(peer []*crypto.Certificate) (chain []*crypto.Certificate, code string) {
	chain = []*crypto.Certificate{peer[0]}
	trusted := v.store.has(peer[0])
	for {
		top := chain[len(chain)-1]
		if selfIssued(top) {
			if !v.store.has(top) {
				code = "SELF_SIGNED_CERT_IN_CHAIN"
				if len(chain) == 1 {
					code = "DEPTH_ZERO_SELF_SIGNED_CERT"
				}
			}
			break
		}
		next := v.store.issuer(top, v.now)
		if next != nil {
			trusted = true
		} else {
			next = pickIssuer(top, peer[1:], v.now)
		}
		if next == nil || len(chain) > 100 || slices.Contains(chain, next) {
			switch {
			case trusted && v.partial:
			case trusted:
				code = "UNABLE_TO_GET_ISSUER_CERT"
			case len(chain) == 1:
				code = "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
			default:
				code = "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"
			}
			break
		}
		chain = append(chain, next)
	}
	if u := peer[0].ExtKeyUsage; code == "" && v.purpose != "" && u != nil && !slices.Contains(u, v.purpose) && !slices.Contains(u, "2.5.29.37.0") {
		code = "INVALID_PURPOSE"
	}
	code = v.checkRevocation(chain, code)
	for i := len(chain) - 1; i >= 0; i-- {
		c, issuer := chain[i], chain[min(i+1, len(chain)-1)]
		if i+1 < len(chain) || selfIssued(c) {
			if k, err := issuer.PublicKey(); err != nil || !c.Verify(k) {
				code = "CERT_SIGNATURE_FAILURE"
			}
		}
		switch {
		case v.now.Before(c.NotBefore):
			code = "CERT_NOT_YET_VALID"
		case v.now.After(c.NotAfter):
			code = "CERT_HAS_EXPIRED"
		}
	}
	return chain, code
}

// checkRevocation looks each certificate of a chain up in the list of its issuer,
// which must be there once there is any.
func (v *verification) checkRevocation(chain []*crypto.Certificate, code string) string {
	if len(v.revoked) == 0 {
		return code
	}
	for _, c := range chain {
		at := slices.IndexFunc(v.revoked, func(r Revocation) bool { return r.Issuer == c.Issuer.Text() })
		if at < 0 {
			code = "UNABLE_TO_GET_CRL"
			continue
		}
		switch r := v.revoked[at]; {
		case v.now.Before(r.From):
			code = "CRL_NOT_YET_VALID"
		case !r.End.IsZero() && v.now.After(r.End):
			code = "CRL_HAS_EXPIRED"
		}
		if slices.Contains(v.revoked[at].Serials, c.SerialText()) {
			code = "CERT_REVOKED"
		}
	}
	return code
}

// selfIssued reports whether a certificate names itself as its issuer, whatever
// its key may be used for.
func selfIssued(c *crypto.Certificate) bool {
	return c.Subject.Text() == c.Issuer.Text() && c.SameKeyIDs()
}
