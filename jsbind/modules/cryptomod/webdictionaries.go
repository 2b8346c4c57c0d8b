package cryptomod

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// webParams is a normalized algorithm: its name as the standard spells it and the
// members of its dictionary.
type webParams struct {
	name    string
	kind    string // the name of the dictionary
	members map[string]any
}

// number returns an integer member, -1 for none.
func (p *webParams) number(name string) int {
	if n, ok := p.members[name].(int); ok {
		return n
	}
	return -1
}

// source returns a member that is bytes, nil for none.
func (p *webParams) source(name string) []byte {
	b, _ := p.members[name].([]byte)
	return b
}

func (p *webParams) text(name string) string {
	s, _ := p.members[name].(string)
	return s
}

// hash is the name of the member hash.
func (p *webParams) hash() string { return p.text("hash") }

// curve is the member namedCurve.
func (p *webParams) curve() string { return p.text("namedCurve") }

// The kinds of members, as Web IDL calls them.
type memberKind int

const (
	kindText memberKind = iota
	kindOctet
	kindShort
	kindLong
	kindSource
	kindUint8Array
	kindHash
	kindKey
)

// webMember describes a member of a dictionary; check throws for a value that the
// operation does not take.
type webMember struct {
	name     string
	kind     memberKind
	required bool
	check    func(m *module, p *webParams, v any)
}

// webDictionaries are the dictionaries of parameters, their members in the order
// in which they are read.
var webDictionaries = map[string][]webMember{
	"AeadParams": {
		{"additionalData", kindSource, false, nil},
		{"iv", kindSource, true, checkAeadIV},
		{"tagLength", kindOctet, false, checkAeadTag},
	},
	"AesCbcParams":        {{"iv", kindSource, true, exactly(16, "algorithm.iv")}},
	"AesCtrParams":        {{"counter", kindSource, true, exactly(16, "algorithm.counter")}, {"length", kindOctet, true, checkCounterLength}},
	"AesDerivedKeyParams": {{"length", kindShort, true, checkAESLength}},
	"AesKeyGenParams":     {{"length", kindShort, true, checkAESLength}},
	"Argon2Params": {
		{"associatedData", kindSource, false, nil},
		{"memory", kindLong, true, nil},
		{"nonce", kindSource, true, nil},
		{"parallelism", kindLong, true, checkParallelism},
		{"passes", kindLong, true, nil},
		{"secretValue", kindSource, false, nil},
		{"version", kindOctet, false, checkArgonVersion},
	},
	"CShakeParams": {
		{"customization", kindSource, false, empty("CShakeParams.customization")},
		{"functionName", kindSource, false, empty("CShakeParams.functionName")},
		{"length", kindLong, true, wholeBytes("CShakeParams length")},
	},
	"ContextParams":         {{"context", kindSource, false, nil}},
	"EcKeyGenParams":        {{"namedCurve", kindText, true, checkCurve}},
	"EcKeyImportParams":     {{"namedCurve", kindText, true, checkCurve}},
	"EcdhKeyDeriveParams":   {{"public", kindKey, true, checkPeer}},
	"EcdsaParams":           {{"hash", kindHash, true, nil}},
	"HkdfParams":            {{"hash", kindHash, true, nil}, {"info", kindSource, true, nil}, {"salt", kindSource, true, nil}},
	"HmacImportParams":      {{"hash", kindHash, true, nil}, {"length", kindLong, false, checkMACLength("HmacImportParams.length", "DataError")}},
	"HmacKeyGenParams":      {{"hash", kindHash, true, nil}, {"length", kindLong, false, checkMACLength("HmacKeyGenParams.length", "OperationError")}},
	"KmacImportParams":      {{"length", kindLong, false, checkMACLength("KmacImportParams.length", "DataError")}},
	"KmacKeyGenParams":      {{"length", kindLong, false, checkMACLength("KmacKeyGenParams.length", "OperationError")}},
	"KmacParams":            {{"customization", kindSource, false, nil}, {"length", kindLong, true, wholeBytes("KmacParams length")}},
	"Pbkdf2Params":          {{"hash", kindHash, true, nil}, {"iterations", kindLong, true, checkIterations}, {"salt", kindSource, true, nil}},
	"RsaHashedImportParams": {{"hash", kindHash, true, nil}},
	"RsaHashedKeyGenParams": {{"hash", kindHash, true, nil}, {"modulusLength", kindLong, true, nil}, {"publicExponent", kindUint8Array, true, nil}},
	"RsaOaepParams":         {{"label", kindSource, false, nil}},
	"RsaPssParams":          {{"saltLength", kindLong, true, nil}},
}

func exactly(n int, name string) func(*module, *webParams, any) {
	return func(m *module, _ *webParams, v any) {
		if len(v.([]byte)) != n {
			m.domException(name+" must contain exactly "+bind.FormatNumber(float64(n))+" bytes", "OperationError")
		}
	}
}

func empty(name string) func(*module, *webParams, any) {
	return func(m *module, _ *webParams, v any) {
		if len(v.([]byte)) > 0 {
			m.domException("Non zero-length "+name+" is not supported.", "NotSupportedError")
		}
	}
}

func wholeBytes(name string) func(*module, *webParams, any) {
	return func(m *module, _ *webParams, v any) {
		if v.(int)%8 != 0 {
			m.domException("Unsupported "+name, "NotSupportedError")
		}
	}
}

func checkMACLength(name, zero string) func(*module, *webParams, any) {
	return func(m *module, p *webParams, v any) {
		if v.(int) == 0 {
			m.domException(name+" cannot be 0", zero)
		}
		wholeBytes(name)(m, p, v)
	}
}

func checkAeadIV(m *module, p *webParams, v any) {
	switch n := len(v.([]byte)); p.name {
	case "ChaCha20-Poly1305":
		exactly(12, "algorithm.iv")(m, p, v)
	case "AES-OCB":
		if n > 15 {
			m.domException("AES-OCB algorithm.iv must be no more than 15 bytes", "OperationError")
		}
	}
}

func checkAeadTag(m *module, p *webParams, v any) {
	ok := []int{32, 64, 96, 104, 112, 120, 128}
	switch p.name {
	case "ChaCha20-Poly1305":
		ok = []int{128}
	case "AES-OCB":
		ok = []int{64, 96, 128}
	}
	if !slices.Contains(ok, v.(int)) {
		m.domException(bind.FormatNumber(float64(v.(int)))+" is not a valid "+p.name+" tag length", "OperationError")
	}
}

func checkCounterLength(m *module, _ *webParams, v any) {
	if n := v.(int); n == 0 || n > 128 {
		m.domException("AES-CTR algorithm.length must be between 1 and 128", "OperationError")
	}
}

func checkAESLength(m *module, _ *webParams, v any) {
	if n := v.(int); n != 128 && n != 192 && n != 256 {
		m.domException("AES key length must be 128, 192, or 256 bits", "OperationError")
	}
}

func checkIterations(m *module, _ *webParams, v any) {
	if v.(int) == 0 {
		m.domException("iterations cannot be zero", "OperationError")
	}
}

func checkCurve(m *module, _ *webParams, v any) {
	switch v.(string) {
	case "P-256", "P-384", "P-521":
		return
	}
	m.domException("Unrecognized namedCurve", "NotSupportedError")
}

func checkPeer(m *module, p *webParams, v any) {
	k := v.(*cryptoKey)
	if k.key.kind != "public" {
		m.domException("algorithm.public must be a public key", "InvalidAccessError")
	}
	if k.algorithm.name != p.name {
		m.domException("key algorithm mismatch", "InvalidAccessError")
	}
}

func checkParallelism(m *module, p *webParams, v any) {
	if n := v.(int); n == 0 || n > 1<<24-1 {
		m.domException("parallelism must be > 0 and < 16777215", "OperationError")
	}
}

func checkArgonVersion(m *module, _ *webParams, v any) {
	if n := v.(int); n != 0x13 {
		m.domException(bind.FormatNumber(float64(n))+" is not a valid Argon2 version", "OperationError")
	}
}

// badMember throws for a member that cannot be what it must.
func (m *module) badMember(p *webParams, name, code, text string) {
	m.rt.Throw(nodeerr.New(nodeerr.KindType, code, "Failed to normalize algorithm: '"+name+"' of '"+p.kind+"' (passed algorithm) "+text))
}

func (m *module) missing(dictionary, member string) {
	m.rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_MISSING_OPTION", "Failed to normalize algorithm: passed algorithm can not be converted to '"+
		dictionary+"' because '"+member+"' is required in '"+dictionary+"'."))
}

// readMember converts a member.
func (m *module) readMember(p *webParams, d *webMember, v goja.Value) any {
	switch d.kind {
	case kindText:
		return v.String()
	case kindOctet, kindShort, kindLong:
		limit := float64(1<<32 - 1)
		if d.kind != kindLong {
			limit = map[memberKind]float64{kindOctet: 255, kindShort: 65535}[d.kind]
		}
		return m.readNumber(p, d.name, v, limit)
	case kindSource:
		b, ok := m.rt.BufferSource(v)
		if !ok {
			m.badMember(p, d.name, "ERR_INVALID_ARG_TYPE", "is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.")
		}
		return append([]byte{}, b...)
	case kindUint8Array:
		b, ok := m.rt.BufferSource(v)
		if o, isObject := v.(*goja.Object); !ok || !isObject || m.rt.Mirror.TypedArrayName(o) != "Uint8Array" {
			m.badMember(p, d.name, "ERR_INVALID_ARG_TYPE", "is not an Uint8Array object.")
		}
		return bytes.Clone(b)
	case kindKey:
		k, ok := bind.From(v).(*cryptoKey)
		if !ok {
			m.badMember(p, d.name, "ERR_INVALID_ARG_TYPE", "is not of type CryptoKey.")
		}
		return k
	}
	if name, ok := hashIdentifier(v); ok && !strings.HasPrefix(strings.ToLower(name), "sha") {
		m.domException("Only SHA hashes are supported in "+p.kind, "NotSupportedError")
	}
	return v
}

// hashIdentifier is the name of a hash argument; one without a name is found to
// be missing later.
func hashIdentifier(v goja.Value) (string, bool) {
	if o, ok := v.(*goja.Object); ok && !goja.IsString(v) {
		n := bind.Get(o, "name")
		return n.String(), goja.IsString(n)
	}
	return v.String(), true
}

func (m *module) readNumber(p *webParams, name string, v goja.Value, limit float64) int {
	if _, ok := v.(*goja.Symbol); ok {
		m.badMember(p, name, "ERR_INVALID_ARG_TYPE", "is a Symbol and cannot be converted to a number.")
	}
	if goja.IsBigInt(v) {
		m.badMember(p, name, "ERR_INVALID_ARG_TYPE", "is a BigInt and cannot be converted to a number.")
	}
	f := v.ToFloat()
	if math.IsNaN(f) || math.IsInf(f, 0) {
		m.badMember(p, name, "ERR_INVALID_ARG_TYPE", "is not a finite number.")
	}
	if f = math.Trunc(f); f < 0 || f > limit {
		m.badMember(p, name, "ERR_OUT_OF_RANGE", "is outside the expected range of 0 to "+bind.FormatNumber(limit)+".")
	}
	return int(f)
}

func upper(s string) string { return strings.ToUpper(s) }

// family is the algorithm of a name without its size.
func family(name string) string {
	for _, f := range []string{"ML-DSA", "ML-KEM", "KMAC", "Argon2"} {
		if strings.HasPrefix(name, f) {
			return f
		}
	}
	return name
}

// normalize reads an algorithm argument for an operation
// (https://w3c.github.io/webcrypto/#algorithm-normalization-normalize-an-algorithm).
func (m *module) normalize(v goja.Value, operation string) *webParams {
	o, isObject := v.(*goja.Object)
	isObject = isObject && !goja.IsString(v)
	var name string
	if isObject {
		n := bind.Get(o, "name")
		if goja.IsUndefined(n) {
			m.missing("Algorithm", "name")
		}
		name = n.String()
	} else {
		name = v.String()
	}
	a := webAlgorithms[upper(name)]
	if a == nil {
		m.unrecognized()
	}
	kind, ok := a.ops[operation]
	if !ok {
		m.unrecognized()
	}
	if a.experimental {
		m.experimental("The " + a.name + " Web Crypto API algorithm")
	}
	p := &webParams{name: a.name, kind: kind, members: map[string]any{}}
	if kind != "" {
		m.readDictionary(p, o, isObject)
	}
	return p
}

func (m *module) readDictionary(p *webParams, o *goja.Object, isObject bool) {
	for i := range webDictionaries[p.kind] {
		d := &webDictionaries[p.kind][i]
		var v goja.Value = goja.Undefined()
		if isObject {
			v = bind.Get(o, d.name)
		}
		if goja.IsUndefined(v) {
			if d.required {
				m.missing(p.kind, d.name)
			}
			continue
		}
		x := m.readMember(p, d, v)
		if d.check != nil {
			d.check(m, p, x)
		}
		if d.name == "memory" { // what it must be depends on a member that is read later
			if f := bind.Get(o, "parallelism").ToFloat(); float64(x.(int)) < 8*f {
				m.domException("memory must be at least 8 times the degree of parallelism", "OperationError")
			}
		}
		p.members[d.name] = x
	}
	if h, ok := p.members["hash"].(goja.Value); ok {
		p.members["hash"] = m.normalize(h, "digest").name
	}
}

func (m *module) unrecognized() { m.domException("Unrecognized algorithm name", "NotSupportedError") }

// experimental warns once of a feature that may change.
func (m *module) experimental(feature string) {
	if !m.warned[feature] && m.rt.Warn != nil {
		m.warned[feature] = true
		m.rt.Warn(feature+" is an experimental feature and might change at any time", "ExperimentalWarning", nil)
	}
}
