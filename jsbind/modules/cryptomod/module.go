package cryptomod

import (
	"context"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/streammod"
	"github.com/spindle-js/spindle/nodeerr"
)

type module struct {
	rt      *bind.Runtime
	exports *goja.Object
	streams streammod.Classes
	funcs   map[string]bind.Method

	hash, hmac       *bind.Class
	cipher, decipher *bind.Class
	sign, verify     *bind.Class
	keys             keyClasses
	dh, dhGroup      *bind.Class
	ecdh, x509       *bind.Class
	spkac            *bind.Class
	warned           map[string]bool // codes of deprecations that were told
	internal         bool            // an object is made by one of the functions, not by new
	uuids            uuidCache
	web              *web
}

type moduleKey struct{}

func get(rt *bind.Runtime) *module {
	if m, ok := rt.Value(moduleKey{}).(*module); ok {
		return m
	}
	m := &module{rt: rt, funcs: map[string]bind.Method{}, warned: map[string]bool{}}
	rt.SetValue(moduleKey{}, m)
	m.streams = streammod.Define(rt)
	m.defineHash()
	m.defineHmac()
	m.defineCiphers()
	m.defineKDFs()
	m.defineKeyObjects()
	m.defineKeygen()
	m.defineSign()
	m.defineRSA()
	m.defineKEM()
	m.defineDH()
	m.defineECDH()
	m.definePrimes()
	m.defineCertificates()
	m.randomFunctions()
	m.miscFunctions()
	return m
}

// exported lists the functions of the module in Node's order, with their
// length property.
var exported = []struct {
	name   string
	length int
}{
	{"argon2", 3}, {"argon2Sync", 2}, {"checkPrime", 1}, {"checkPrimeSync", 1}, {"createCipheriv", 4}, {"createDecipheriv", 4},
	{"createDiffieHellman", 4}, {"createDiffieHellmanGroup", 1}, {"createECDH", 1}, {"createHash", 2}, {"createHmac", 3},
	{"createPrivateKey", 1}, {"createPublicKey", 1}, {"createSecretKey", 2}, {"createSign", 2}, {"createVerify", 2},
	{"diffieHellman", 2}, {"generatePrime", 3}, {"generatePrimeSync", 1}, {"getCiphers", 0}, {"getCipherInfo", 2},
	{"getCurves", 0}, {"getDiffieHellman", 1}, {"getHashes", 0}, {"hkdf", 6}, {"hkdfSync", 5}, {"pbkdf2", 6}, {"pbkdf2Sync", 5},
	{"generateKeyPair", 3}, {"generateKeyPairSync", 2}, {"generateKey", 3}, {"generateKeySync", 2}, {"privateDecrypt", 2},
	{"privateEncrypt", 2}, {"publicDecrypt", 2}, {"publicEncrypt", 2}, {"randomBytes", 2}, {"randomFill", 4}, {"randomFillSync", 1},
	{"randomInt", 3}, {"randomUUID", 1}, {"scrypt", 4}, {"scryptSync", 3}, {"sign", 4}, {"setEngine", 2}, {"timingSafeEqual", 0},
	{"getFips", 0}, {"setFips", 1}, {"verify", 5}, {"hash", 3}, {"encapsulate", 2}, {"decapsulate", 3},
}

// classes lists the constructors in Node's order.
var classes = []string{"Certificate", "Cipheriv", "Decipheriv", "DiffieHellman", "DiffieHellmanGroup", "ECDH", "Hash", "Hmac",
	"KeyObject", "Sign", "Verify", "X509Certificate"}

// Load returns the exports of node:crypto.
func Load(rt *bind.Runtime) goja.Value {
	m := get(rt)
	if m.exports != nil {
		return m.exports
	}
	e := rt.VM.NewObject()
	m.exports = e
	for _, x := range exported {
		_ = e.Set(x.name, m.function(x.name, x.length))
	}
	constructors := m.constructors()
	for _, name := range classes {
		if c := constructors[name]; c != nil {
			_ = e.Set(name, c.Ctor)
		} else {
			_ = e.Set(name, m.function(name, 0))
		}
	}
	_ = e.Set("secureHeapUsed", m.function("secureHeapUsed", 0))
	m.promisifyNames()
	m.constants()
	m.webExports()
	m.deprecatedExports()
	return e
}

// function makes an exported function; one that is not there throws.
func (m *module) function(name string, length int) *goja.Object {
	f := m.funcs[name]
	if f == nil {
		f = func(goja.FunctionCall) goja.Value {
			m.rt.Throw(nodeerr.MethodNotImplemented("crypto." + name + "()"))
			return nil
		}
	}
	return m.rt.Func(name, length, f)
}

func (m *module) constructors() map[string]*bind.Class {
	return map[string]*bind.Class{"Hash": m.hash, "Hmac": m.hmac, "Cipheriv": m.cipher, "Decipheriv": m.decipher,
		"KeyObject": m.keys.base, "Sign": m.sign, "Verify": m.verify, "DiffieHellman": m.dh, "DiffieHellmanGroup": m.dhGroup,
		"ECDH": m.ecdh, "X509Certificate": m.x509, "Certificate": m.spkac}
}

// job is work that can run off the loop: run computes, value converts on the
// loop what it returned.
type job struct {
	run   func() (any, error)
	value func(any) []goja.Value
}

// now runs a job on the spot and returns its first value.
func (m *module) now(j job) goja.Value {
	v, err := j.run()
	m.rt.Must(err)
	if out := j.value(v); len(out) > 0 {
		return out[0]
	}
	return goja.Undefined()
}

// start runs a job off the loop and then calls cb(err, values…).
func (m *module) start(kind string, j job, cb goja.Value) {
	call := m.rt.Callable(cb)
	m.work(kind, j, func(err error, values []goja.Value) {
		if err != nil {
			call(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{m.rt.ErrorValue(err)}})
			return
		}
		call(goja.FunctionCall{This: goja.Undefined(), Arguments: append([]goja.Value{goja.Null()}, values...)})
	})
}

func (m *module) work(kind string, j job, done func(error, []goja.Value)) {
	var result any
	m.rt.Loop.WorkCPU(context.TODO(), kind, func(context.Context) (err error) {
		result, err = j.run()
		return err
	}, func(err error) {
		var values []goja.Value
		if err == nil {
			values = j.value(result)
		}
		done(err, values)
	})
}

// one makes the value function of a job with one result.
func one(f func(any) goja.Value) func(any) []goja.Value {
	return func(v any) []goja.Value { return []goja.Value{f(v)} }
}

// deprecate warns once of a deprecation.
func (m *module) deprecate(code, message string) {
	if !m.warned[code] && m.rt.Warn != nil {
		m.warned[code] = true
		m.rt.Warn(message, "DeprecationWarning", map[string]any{"code": code})
	}
}

// construct makes an object of one of our classes from inside.
func (m *module) construct(c *bind.Class, args ...goja.Value) goja.Value {
	m.internal = true
	defer func() { m.internal = false }()
	o, err := m.rt.VM.New(c.Ctor, args...)
	if err != nil {
		panic(err)
	}
	return o
}

// made reports whether construct makes the object, and ends that.
func (m *module) made() bool {
	was := m.internal
	m.internal = false
	return was
}

func arg(a []goja.Value, i int) goja.Value {
	if i < len(a) && a[i] != nil {
		return a[i]
	}
	return goja.Undefined()
}
