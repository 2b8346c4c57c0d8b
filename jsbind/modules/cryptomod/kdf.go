package cryptomod

import (
	"bytes"
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// defineKDFs adds the key derivations, each with a callback and without.
func (m *module) defineKDFs() {
	m.pair("pbkdf2", "PBKDF2REQUEST", 5, m.pbkdf2)
	m.pair("hkdf", "HKDFREQUEST", 5, m.hkdf)
	m.pair("argon2", "ARGON2REQUEST", 2, m.argon2)
	m.funcs["scryptSync"] = func(c goja.FunctionCall) goja.Value { return m.now(m.scrypt(c.Arguments)) }
	m.funcs["scrypt"] = func(c goja.FunctionCall) goja.Value {
		args, cb := c.Arguments, c.Argument(4)
		if bind.IsCallable(c.Argument(3)) {
			args, cb = c.Arguments[:3], c.Argument(3)
		}
		j := m.scrypt(args)
		m.rt.Function(cb, "callback")
		m.start("SCRYPTREQUEST", j, cb)
		return goja.Undefined()
	}
}

// pair adds name, whose callback is the argument at n, and nameSync.
func (m *module) pair(name, kind string, n int, prepare func([]goja.Value) job) {
	m.funcs[name+"Sync"] = func(c goja.FunctionCall) goja.Value { return m.now(prepare(c.Arguments)) }
	m.funcs[name] = func(c goja.FunctionCall) goja.Value {
		cb := c.Argument(n)
		if name == "pbkdf2" && bind.IsCallable(c.Argument(4)) { // the digest was left out
			m.rt.ArgType("digest", goja.Undefined(), "string")
		}
		j := prepare(c.Arguments)
		m.rt.Function(cb, "callback")
		m.start(kind, j, cb)
		return goja.Undefined()
	}
}

func (m *module) bufferResult(run func() ([]byte, error)) job {
	return job{run: func() (any, error) { return run() }, value: one(func(v any) goja.Value { return m.rt.MakeBuffer(v.([]byte)) })}
}

func (m *module) digest(name string) *crypto.Digest {
	d := crypto.LookupDigest(name)
	if d == nil {
		m.rt.Throw(nodeerr.Native(nodeerr.KindType, "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+name))
	}
	return d
}

func (m *module) pbkdf2(a []goja.Value) job {
	rt := m.rt
	name := rt.String(arg(a, 4), "digest")
	password, salt := m.secret(arg(a, 0), "password"), m.secret(arg(a, 1), "salt")
	iterations := m.int32Arg(arg(a, 2), "iterations", 1)
	size := m.int32Arg(arg(a, 3), "keylen", 0)
	d := m.digest(name)
	return m.bufferResult(func() ([]byte, error) { return crypto.PBKDF2(d, password, salt, iterations, size) })
}

// maxInfo is the longest info of HKDF.
const maxInfo = 1024

func (m *module) hkdf(a []goja.Value) job {
	rt := m.rt
	name := rt.String(arg(a, 0), "digest")
	key := m.hkdfKey(arg(a, 1))
	read := func(i int, name string) []byte {
		v := arg(a, i)
		p, ok := rt.BufferSource(v)
		if !ok && !goja.IsString(v) {
			rt.ArgType(name, v, "string", "ArrayBuffer", "TypedArray", "DataView", "Buffer")
		}
		if !ok {
			p = m.bytes(v, nil, name)
		}
		return bytes.Clone(p)
	}
	salt, info := read(2, "salt"), read(3, "info")
	size := int(rt.Integer(arg(a, 4), "length", 0, bind.MaxSafe))
	if len(info) > maxInfo {
		rt.OutOfRange("info", "must not contain more than 1024 bytes", rt.VM.ToValue(len(info)))
	}
	d := m.digest(name)
	if size > 255*d.Size {
		rt.Throw(nodeerr.Native(nodeerr.KindRange, "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length"))
	}
	return job{run: func() (any, error) { return crypto.HKDF(d, key, salt, info, size) },
		value: one(func(v any) goja.Value { return rt.VM.ToValue(rt.VM.NewArrayBuffer(v.([]byte))) })}
}

func (m *module) hkdfKey(v goja.Value) []byte {
	if p, ok := m.secretOf(v); ok {
		return p
	}
	p, ok := m.rt.BufferSource(v)
	if !ok && !goja.IsString(v) {
		m.rt.ArgType("ikm", v, "string", "SecretKeyObject", "ArrayBuffer", "TypedArray", "DataView", "Buffer")
	}
	if !ok {
		p = m.bytes(v, nil, "ikm")
	}
	return bytes.Clone(p)
}

func (m *module) scrypt(a []goja.Value) job {
	rt := m.rt
	password, salt := m.secret(arg(a, 0), "password"), m.secret(arg(a, 1), "salt")
	size := m.int32Arg(arg(a, 2), "keylen", 0)
	n, r, p, maxmem := uint64(16384), uint64(8), uint64(1), float64(32<<20)
	if o, ok := arg(a, 3).(*goja.Object); ok {
		read := func(short, long string, at *uint64) {
			v := bind.Get(o, short)
			if !goja.IsUndefined(v) {
				*at = uint64(m.uint32Arg(v, short))
			}
			if w := bind.Get(o, long); !goja.IsUndefined(w) {
				if !goja.IsUndefined(v) {
					rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INCOMPATIBLE_OPTION_PAIR", `Option "`+short+`" cannot be used in combination with option "`+long+`"`))
				}
				*at = uint64(m.uint32Arg(w, long))
			}
		}
		defaults := [3]uint64{n, r, p}
		read("N", "cost", &n)
		read("r", "blockSize", &r)
		read("p", "parallelization", &p)
		if v := bind.Get(o, "maxmem"); !goja.IsUndefined(v) {
			maxmem = float64(rt.Integer(v, "maxmem", 0, bind.MaxSafe))
		}
		for i, at := range []*uint64{&n, &r, &p} {
			if *at == 0 {
				*at = defaults[i]
			}
		}
		if maxmem == 0 {
			maxmem = 32 << 20
		}
	}
	rt.Must(crypto.CheckScrypt(n, r, p, maxmem))
	return m.bufferResult(func() ([]byte, error) { return crypto.Scrypt(password, salt, int(n), int(r), int(p), size) })
}

var argonTypes = map[string]int{"argon2d": 0, "argon2i": 1, "argon2id": 2}

func (m *module) argon2(a []goja.Value) job {
	rt := m.rt
	name := rt.String(arg(a, 0), "algorithm")
	kind, ok := argonTypes[name]
	if !ok {
		rt.ArgValue("algorithm", arg(a, 0), "must be one of: 'argon2d', 'argon2i', 'argon2id'")
	}
	o, ok := arg(a, 1).(*goja.Object)
	if !ok || bind.IsArray(o) || bind.IsCallable(o) {
		rt.ArgType("parameters", arg(a, 1), "object")
	}
	p := crypto.Argon2Params{Type: kind}
	integer := func(name string, min, max float64) int {
		return int(rt.Integer(bind.Get(o, name), "parameters."+name, min, max))
	}
	length := func(name string, n int, min float64) {
		if float64(n) < min || n > math.MaxUint32 {
			rt.OutOfRange("parameters."+name+".byteLength", ">= "+bind.FormatNumber(min)+" && <= 4294967295", rt.VM.ToValue(n))
		}
	}
	p.Parallelism = integer("parallelism", 1, 1<<24-1)
	p.TagLength = integer("tagLength", 4, math.MaxUint32)
	p.Memory = integer("memory", float64(8*p.Parallelism), math.MaxUint32)
	p.Passes = integer("passes", 1, math.MaxUint32)
	p.Message = m.secret(bind.Get(o, "message"), "parameters.message")
	length("message", len(p.Message), 0)
	p.Nonce = m.secret(bind.Get(o, "nonce"), "parameters.nonce")
	length("nonce", len(p.Nonce), 8)
	if v := bind.Get(o, "secret"); !goja.IsUndefined(v) {
		p.Secret = m.secret(v, "parameters.secret")
	}
	if v := bind.Get(o, "associatedData"); !goja.IsUndefined(v) {
		p.Data = m.secret(v, "parameters.associatedData")
	}
	return m.bufferResult(func() ([]byte, error) { return crypto.Argon2(p), nil })
}
