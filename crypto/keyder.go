package crypto

import (
	"encoding/asn1"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/nodeerr"
)

// The object identifiers of keys.
const (
	oidRSA        = "1.2.840.113549.1.1.1"
	oidRSAPSS     = "1.2.840.113549.1.1.10"
	oidMGF1       = "1.2.840.113549.1.1.8"
	oidDSA        = "1.2.840.10040.4.1"
	oidDH         = "1.2.840.113549.1.3.1"
	oidDHX        = "1.2.840.10046.2.1"
	oidEC         = "1.2.840.10045.2.1"
	oidPrimeField = "1.2.840.10045.1.1"
)

func parseOID(s string) (asn1.ObjectIdentifier, error) {
	var out asn1.ObjectIdentifier
	for part := range strings.SplitSeq(s, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

func oid(s string) asn1.ObjectIdentifier {
	o, err := parseOID(s)
	if err != nil {
		panic(err) // a constant of ours
	}
	return o
}

// algorithm is AlgorithmIdentifier.
type algorithm struct {
	OID    asn1.ObjectIdentifier
	Params asn1.RawValue `asn1:"optional"`
}

type spki struct {
	Algorithm algorithm
	Key       asn1.BitString
}

type pkcs8 struct {
	Version    int
	Algorithm  algorithm
	Key        []byte
	Attributes asn1.RawValue `asn1:"optional,tag:0"`
	Public     asn1.RawValue `asn1:"optional,tag:1"`
}

type rsaPrivate struct {
	Version            int
	N, E, D            *big.Int
	P, Q, DP, DQ, QInv *big.Int
}

type rsaPublic struct{ N, E *big.Int }

type dsaParams struct{ P, Q, G *big.Int }

type dsaPrivate struct {
	Version       int
	P, Q, G, Y, X *big.Int
}

type dhParams struct {
	P, G   *big.Int
	Length int `asn1:"optional"`
}

type ecPrivate struct {
	Version int
	Key     []byte
	Params  asn1.RawValue  `asn1:"optional,explicit,tag:0"`
	Public  asn1.BitString `asn1:"optional,explicit,tag:1"`
}

type ecParams struct {
	Version int
	Field   struct {
		Type  asn1.ObjectIdentifier
		Prime *big.Int
	}
	Curve struct {
		A, B []byte
		Seed asn1.BitString `asn1:"optional"`
	}
	Base     []byte
	Order    *big.Int
	Cofactor *big.Int `asn1:"optional"`
}

type pssParams struct {
	Hash    algorithm `asn1:"optional,explicit,tag:0"`
	MGF     algorithm `asn1:"optional,explicit,tag:1"`
	Salt    int       `asn1:"optional,explicit,tag:2,default:20"`
	Trailer int       `asn1:"optional,explicit,tag:3,default:1"`
}

// errDecode is what OpenSSL says of what is no key.
func errDecode() error {
	const text = "error:1E08010C:DECODER routines::unsupported"
	return nodeerr.OpenSSL(0x1E08010C, "DECODER routines", "unsupported", "ERR_OSSL_UNSUPPORTED", text)
}

// errASN1 is what OpenSSL says of bytes that are no DER.
func errASN1(p []byte) error {
	const library = "asn1 encoding routines"
	if len(p) < 2 {
		return nodeerr.New(nodeerr.KindError, "", "Failed to read asymmetric key")
	}
	if len(p) > 1 && p[0]&0x1f != 0x1f && p[1] < 0x80 && int(p[1]) > len(p)-2 {
		const text = "error:0680008E:asn1 encoding routines::not enough data"
		return nodeerr.OpenSSL(0x0680008E, library, "not enough data", "ERR_OSSL_ASN1_NOT_ENOUGH_DATA", text)
	}
	const text = "error:068000A8:asn1 encoding routines::wrong tag"
	return nodeerr.OpenSSL(0x068000A8, library, "wrong tag", "ERR_OSSL_ASN1_WRONG_TAG", text)
}

func marshal(v any) []byte {
	p, err := asn1.Marshal(v)
	if err != nil {
		panic(err) // our own structures
	}
	return p
}

func raw(p []byte) asn1.RawValue { return asn1.RawValue{FullBytes: p} }

// algorithmOf is the AlgorithmIdentifier of a key.
func (k *Key) algorithmOf() algorithm {
	switch {
	case k.Type == "rsa":
		return algorithm{oid(oidRSA), asn1.NullRawValue}
	case k.Type == "rsa-pss":
		a := algorithm{OID: oid(oidRSAPSS)}
		if p := k.RSA.PSS; p != nil {
			hash := algorithm{oid(p.Hash.OID), asn1.NullRawValue}
			mgf := algorithm{oid(oidMGF1), raw(marshal(algorithm{oid(p.MGF.OID), asn1.NullRawValue}))}
			v := pssParams{Salt: p.SaltLength, Trailer: 1}
			if p.Hash.Name != "sha1" {
				v.Hash = hash
			}
			if p.MGF.Name != "sha1" {
				v.MGF = mgf
			}
			a.Params = raw(marshal(v))
		}
		return a
	case k.EC != nil:
		return algorithm{oid(oidEC), raw(k.EC.params())}
	case k.DSA != nil:
		return algorithm{oid(oidDSA), raw(marshal(dsaParams{k.DSA.P, k.DSA.Q, k.DSA.G}))}
	case k.DH != nil:
		return algorithm{oid(oidDH), raw(marshal(dhParams{P: k.DH.P, G: k.DH.G, Length: k.DH.PrivateBits}))}
	}
	return algorithm{OID: oid(rawTypes[k.Type].oid)}
}

// params is the curve's name, or its parameters.
func (k *ECKey) params() []byte {
	c := k.Curve
	if !k.Explicit && c.OID != "" {
		return marshal(oid(c.OID))
	}
	var p ecParams
	p.Version = 1
	p.Field.Type, p.Field.Prime = oid(oidPrimeField), c.P
	p.Curve.A, p.Curve.B = c.A.FillBytes(make([]byte, c.size)), c.B.FillBytes(make([]byte, c.size))
	p.Base = c.EncodePoint(c.Gx, c.Gy, PointUncompressed)
	p.Order, p.Cofactor = c.N, big.NewInt(c.H)
	return marshal(p)
}

// MarshalSPKI encodes the public half as SubjectPublicKeyInfo (RFC 5280).
func (k *Key) MarshalSPKI() []byte {
	var p []byte
	switch {
	case k.RSA != nil:
		p = k.MarshalPKCS1Public()
	case k.EC != nil:
		p = k.EC.Bytes(PointUncompressed)
	case k.DSA != nil:
		p = marshal(k.DSA.Y)
	case k.DH != nil:
		p = marshal(k.DH.Y)
	default:
		p = k.Raw.Public
	}
	return marshal(spki{k.algorithmOf(), asn1.BitString{Bytes: p, BitLength: 8 * len(p)}})
}

// MarshalPKCS1Public encodes an RSA public key as RSAPublicKey (RFC 8017).
func (k *Key) MarshalPKCS1Public() []byte { return marshal(rsaPublic{k.RSA.N, k.RSA.E}) }

// MarshalPKCS1 encodes an RSA private key as RSAPrivateKey.
func (k *Key) MarshalPKCS1() []byte {
	r := k.RSA
	return marshal(rsaPrivate{0, r.N, r.E, r.D, r.P, r.Q, r.DP, r.DQ, r.QI})
}

// MarshalSEC1 encodes an EC private key as ECPrivateKey (RFC 5915).
func (k *Key) MarshalSEC1() []byte { return marshal(k.EC.private(true)) }

func (k *ECKey) private(withParams bool) ecPrivate {
	pub := k.Bytes(PointUncompressed)
	v := ecPrivate{Version: 1, Key: k.D.FillBytes(make([]byte, k.Curve.scalarSize)), Public: asn1.BitString{Bytes: pub, BitLength: 8 * len(pub)}}
	if withParams {
		v.Params = asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: k.params()}
		v.Params.FullBytes = marshal(asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: k.params()})
	}
	return v
}

// MarshalPKCS8 encodes a private key as PrivateKeyInfo (RFC 5208).
func (k *Key) MarshalPKCS8() []byte {
	var p []byte
	switch {
	case k.RSA != nil:
		p = k.MarshalPKCS1()
	case k.EC != nil:
		p = marshal(k.EC.private(false))
	case k.DSA != nil:
		p = marshal(k.DSA.X)
	case k.DH != nil:
		p = marshal(k.DH.X)
	case rawTypes[k.Type].pq && k.Raw.Seed != nil:
		p = marshal(struct{ Seed, Expanded []byte }{k.Raw.Seed, k.Raw.Expanded})
	case rawTypes[k.Type].pq:
		p = marshal(k.Raw.Expanded)
	default:
		p = marshal(k.Raw.Seed)
	}
	return marshal(struct {
		Version   int
		Algorithm algorithm
		Key       []byte
	}{0, k.algorithmOf(), p})
}

// MarshalPKCS8Seed writes a private key of ML-DSA or ML-KEM as its seed alone
// (RFC 9881, RFC 9935).
func (k *Key) MarshalPKCS8Seed() []byte {
	return marshal(struct {
		Version   int
		Algorithm algorithm
		Key       []byte
	}{0, k.algorithmOf(), append([]byte{0x80, byte(len(k.Raw.Seed))}, k.Raw.Seed...)})
}

// unmarshal reads one DER value; what follows it is ignored, as OpenSSL does.
func unmarshal(p []byte, v any) bool {
	_, err := asn1.Unmarshal(p, v)
	return err == nil
}

// ParseSPKI reads SubjectPublicKeyInfo.
func ParseSPKI(p []byte) (*Key, error) {
	var s spki
	if !unmarshal(p, &s) {
		return nil, errASN1(p)
	}
	k := parsePublic(&s.Algorithm, s.Key.RightAlign())
	if k == nil {
		return nil, errDecode()
	}
	return k, nil
}

func parsePublic(a *algorithm, p []byte) *Key {
	number := func() *big.Int {
		var n *big.Int
		if !unmarshal(p, &n) {
			return nil
		}
		return n
	}
	switch id := a.OID.String(); id {
	case oidRSA, oidRSAPSS:
		k, err := ParsePKCS1Public(p)
		if err != nil {
			return nil
		}
		return k.restrict(id, a)
	case oidEC:
		c, explicit := parseCurve(a.Params.FullBytes)
		if c == nil {
			return nil
		}
		x, y, ok := c.DecodePoint(p)
		if !ok {
			return nil
		}
		return &Key{Type: "ec", EC: &ECKey{Curve: c, X: x, Y: y, Explicit: explicit}}
	case oidDSA:
		var v dsaParams
		y := number()
		if !unmarshal(a.Params.FullBytes, &v) || y == nil {
			return nil
		}
		return &Key{Type: "dsa", DSA: &DSAKey{P: v.P, Q: v.Q, G: v.G, Y: y}}
	case oidDH, oidDHX:
		g := parseDHParams(id, a)
		y := number()
		if g == nil || y == nil {
			return nil
		}
		g.Y = y
		return &Key{Type: "dh", DH: g}
	default:
		for name, t := range rawTypes {
			if t.oid == id && len(p) == t.public {
				return &Key{Type: name, Raw: &RawKey{Public: slices.Clone(p)}}
			}
		}
	}
	return nil
}

func parseDHParams(id string, a *algorithm) *DHKey {
	if id == oidDHX {
		var v struct{ P, G, Q *big.Int }
		if !unmarshal(a.Params.FullBytes, &v) {
			return nil
		}
		return &DHKey{P: v.P, G: v.G}
	}
	var v dhParams
	if !unmarshal(a.Params.FullBytes, &v) {
		return nil
	}
	return &DHKey{P: v.P, G: v.G, PrivateBits: v.Length}
}

// restrict gives an RSA key the type and the parameters of its identifier.
func (k *Key) restrict(id string, a *algorithm) *Key {
	if id == oidRSA {
		return k
	}
	k.Type = "rsa-pss"
	if len(a.Params.FullBytes) == 0 || a.Params.Tag == asn1.TagNull {
		return k
	}
	v := pssParams{Salt: 20, Trailer: 1}
	if !unmarshal(a.Params.FullBytes, &v) {
		return nil
	}
	p := &PSSParams{Hash: LookupDigest("sha1"), MGF: LookupDigest("sha1"), SaltLength: v.Salt}
	if len(v.Hash.OID) > 0 {
		p.Hash = LookupDigest(v.Hash.OID.String())
	}
	if len(v.MGF.OID) > 0 {
		var inner algorithm
		if !unmarshal(v.MGF.Params.FullBytes, &inner) {
			return nil
		}
		p.MGF = LookupDigest(inner.OID.String())
	}
	if p.Hash == nil || p.MGF == nil {
		return nil
	}
	k.RSA.PSS = p
	return k
}

// parseCurve reads a curve's name or parameters.
func parseCurve(p []byte) (c *Curve, explicit bool) {
	var id asn1.ObjectIdentifier
	if unmarshal(p, &id) {
		return curveByOID(id.String()), false
	}
	var v ecParams
	if !unmarshal(p, &v) || v.Field.Type.String() != oidPrimeField || v.Field.Prime.Sign() <= 0 || v.Order.Sign() <= 0 {
		return nil, true
	}
	n := &Curve{P: v.Field.Prime, A: new(big.Int).SetBytes(v.Curve.A), B: new(big.Int).SetBytes(v.Curve.B), N: v.Order, H: 1}
	if v.Cofactor != nil && v.Cofactor.IsInt64() {
		n.H = v.Cofactor.Int64()
	}
	n.size, n.scalarSize = (n.P.BitLen()+7)/8, (n.N.BitLen()+7)/8
	x, y, ok := n.DecodePoint(v.Base)
	if !ok {
		return nil, true
	}
	n.Gx, n.Gy = x, y
	for _, known := range curves().byName {
		if known.same(n) && known.OID != "" {
			return known, true
		}
	}
	return n, true
}

// ParsePKCS1Public reads RSAPublicKey.
func ParsePKCS1Public(p []byte) (*Key, error) {
	var v rsaPublic
	if !unmarshal(p, &v) || v.N.Sign() <= 0 || v.E.Sign() <= 0 {
		return nil, errASN1(p)
	}
	return &Key{Type: "rsa", RSA: &RSAKey{N: v.N, E: v.E}}, nil
}

// ParsePKCS1 reads RSAPrivateKey.
func ParsePKCS1(p []byte) (*Key, error) {
	var v rsaPrivate
	if !unmarshal(p, &v) || v.N.Sign() <= 0 {
		return nil, errASN1(p)
	}
	return &Key{Type: "rsa", Private: true, RSA: &RSAKey{N: v.N, E: v.E, D: v.D, P: v.P, Q: v.Q, DP: v.DP, DQ: v.DQ, QI: v.QInv}}, nil
}

// ParseSEC1 reads ECPrivateKey.
func ParseSEC1(p []byte) (*Key, error) {
	var v ecPrivate
	if !unmarshal(p, &v) {
		return nil, errASN1(p)
	}
	k := v.key(v.Params.Bytes)
	if k == nil {
		return nil, errDecode()
	}
	return k, nil
}

func (v *ecPrivate) key(params []byte) *Key {
	c, explicit := parseCurve(params)
	if c == nil {
		return nil
	}
	k, ok := NewECPrivate(c, new(big.Int).SetBytes(v.Key))
	if !ok {
		return nil
	}
	k.Explicit = explicit
	return &Key{Type: "ec", Private: true, EC: k}
}

// ParsePKCS8 reads PrivateKeyInfo.
func ParsePKCS8(p []byte) (*Key, error) {
	var v pkcs8
	if !unmarshal(p, &v) {
		return nil, errASN1(p)
	}
	k := v.key()
	if k == nil {
		return nil, errDecode()
	}
	k.Private = true
	return k, nil
}

func (v *pkcs8) key() *Key {
	number := func() *big.Int {
		var n *big.Int
		if !unmarshal(v.Key, &n) {
			return nil
		}
		return n
	}
	switch id := v.Algorithm.OID.String(); id {
	case oidRSA, oidRSAPSS:
		k, err := ParsePKCS1(v.Key)
		if err != nil {
			return nil
		}
		return k.restrict(id, &v.Algorithm)
	case oidEC:
		var e ecPrivate
		if !unmarshal(v.Key, &e) {
			return nil
		}
		return e.key(v.Algorithm.Params.FullBytes)
	case oidDSA:
		var d dsaParams
		x := number()
		if !unmarshal(v.Algorithm.Params.FullBytes, &d) || x == nil {
			return nil
		}
		return &Key{Type: "dsa", DSA: &DSAKey{P: d.P, Q: d.Q, G: d.G, X: x, Y: new(big.Int).Exp(d.G, x, d.P)}}
	case oidDH, oidDHX:
		g := parseDHParams(id, &v.Algorithm)
		x := number()
		if g == nil || x == nil {
			return nil
		}
		g.X, g.Y = x, new(big.Int).Exp(g.G, x, g.P)
		return &Key{Type: "dh", DH: g}
	default:
		for name, t := range rawTypes {
			if t.oid == id {
				return parseRawPrivate(name, t, v.Key)
			}
		}
	}
	return nil
}

// parseRawPrivate reads the private key of a raw type: an OCTET STRING, or for
// ML-DSA and ML-KEM a seed, an expanded key, or both (RFC 9881).
func parseRawPrivate(name string, t *rawType, p []byte) *Key {
	var seed []byte
	if !t.pq {
		if !unmarshal(p, &seed) {
			return nil
		}
		return NewRaw(name, seed, true)
	}
	var both struct{ Seed, Expanded []byte }
	var v asn1.RawValue
	switch {
	case unmarshal(p, &both):
		return NewRaw(name, both.Seed, true)
	case !unmarshal(p, &v):
		return nil
	case v.Class == asn1.ClassContextSpecific && v.Tag == 0:
		return NewRaw(name, v.Bytes, true)
	case v.Class == asn1.ClassUniversal && v.Tag == asn1.TagOctetString:
		k, err := t.restore(v.Bytes)
		if err != nil {
			return nil
		}
		return &Key{Type: name, Private: true, Raw: k}
	}
	return nil
}
