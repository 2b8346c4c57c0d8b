package tls

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"github.com/spindle-js/spindle/crypto"
)

// issued makes an authority, a certificate of it, and a function that makes lists
// of revoked certificates.
func issued(t *testing.T) (ca, leaf *crypto.Certificate, list func(next time.Time, serials ...int64) []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, SubjectKeyId: []byte{1, 2, 3}}
	one := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "one"}, NotBefore: root.NotBefore, NotAfter: root.NotAfter}
	parse := func(c *x509.Certificate) *crypto.Certificate {
		der, err := x509.CreateCertificate(rand.Reader, c, root, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := crypto.ParseCertificateDER(der)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	return parse(root), parse(one), func(next time.Time, serials ...int64) []byte {
		l := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: now.Add(-time.Hour), NextUpdate: next}
		for _, n := range serials {
			l.RevokedCertificateEntries = append(l.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: big.NewInt(n), RevocationTime: now})
		}
		der, err := x509.CreateRevocationList(rand.Reader, l, root, key)
		if err != nil {
			t.Fatal(err)
		}
		return pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: der})
	}
}

func TestRevocation(t *testing.T) {
	ca, leaf, list := issued(t)
	_, _, other := issued(t)
	soon, past := time.Now().Add(time.Hour), time.Now().Add(-time.Minute)
	for _, x := range []struct {
		name, code string
		lists      [][]byte
	}{
		{"none", "", nil},
		{"empty", "", [][]byte{list(soon)}},
		{"another serial", "", [][]byte{list(soon, 7)}},
		{"revoked", "CERT_REVOKED", [][]byte{list(soon, 2)}},
		{"out of date", "CRL_HAS_EXPIRED", [][]byte{list(past)}},
	} {
		c := NewContext()
		for _, p := range x.lists {
			if err := c.AddCRL(p); err != nil {
				t.Fatal(err)
			}
		}
		store := &Store{}
		store.Add(ca)
		v := &verification{store: store, revoked: c.revoked, now: time.Now()}
		if _, code := v.verify([]*crypto.Certificate{leaf}); code != x.code {
			t.Errorf("%s: %q, want %q", x.name, code, x.code)
		}
	}
	c := NewContext()
	if err := c.AddCRL(other(soon)); err != nil {
		t.Fatal(err)
	}
	c.revoked[0].Issuer = "CN=somebody else"
	store := &Store{}
	store.Add(ca)
	if _, code := (&verification{store: store, revoked: c.revoked, now: time.Now()}).verify([]*crypto.Certificate{leaf}); code != "UNABLE_TO_GET_CRL" {
		t.Errorf("no list of the issuer: %q", code)
	}
	if err := c.AddCRL([]byte("text")); err == nil {
		t.Error("text is no list")
	}
}
