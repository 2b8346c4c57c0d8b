package crypto

import (
	"crypto/rand"
	"math/big"
	"strings"
	"sync"

	"github.com/spindle-js/spindle/nodeerr"
)

// DHKey is a Diffie-Hellman key over the integers modulo a prime. Y and X are
// nil where there is no key yet.
type DHKey struct {
	P, G *big.Int
	Y, X *big.Int
	// PrivateBits bounds the length of private keys that are made, 0 for none.
	PrivateBits int
}

// Public returns the public half.
func (k *DHKey) Public() *DHKey { return &DHKey{P: k.P, G: k.G, Y: k.Y} }

// The groups of RFC 2409 and RFC 3526: the length of the prime, and the number
// that makes 2^n - 2^(n-64) - 1 + 2^64 * (floor(2^(n-130) * pi) + c) one.
var dhGroups = map[string]struct {
	bits uint
	c    int64
}{
	"modp1": {768, 149686}, "modp2": {1024, 129093}, "modp5": {1536, 741804}, "modp14": {2048, 124476}, "modp15": {3072, 1690314},
	"modp16": {4096, 240904}, "modp17": {6144, 929484}, "modp18": {8192, 4743158},
}

var (
	groupLock   sync.Mutex // guards groupPrimes
	groupPrimes = map[string]*big.Int{}
)

// DHGroup returns the parameters of a group, nil for an unknown name.
func DHGroup(name string) *DHKey {
	name = strings.ToLower(name)
	g, ok := dhGroups[name]
	if !ok {
		return nil
	}
	groupLock.Lock()
	defer groupLock.Unlock()
	p := groupPrimes[name]
	if p == nil {
		one := big.NewInt(1)
		p = new(big.Int).Lsh(one, g.bits)
		p.Sub(p, new(big.Int).Lsh(one, g.bits-64))
		p.Sub(p, one)
		x := pi(g.bits - 130)
		x.Add(x, big.NewInt(g.c))
		p.Add(p, x.Lsh(x, 64))
		groupPrimes[name] = p
	}
	return &DHKey{P: p, G: big.NewInt(2)}
}

// knownGroup reports whether p and g are those of one of the groups.
func knownGroup(p, g *big.Int) bool {
	for name, x := range dhGroups {
		if int(x.bits) == p.BitLen() {
			k := DHGroup(name)
			return k.P.Cmp(p) == 0 && k.G.Cmp(g) == 0
		}
	}
	return false
}

// pi returns floor(2^bits * π) by Machin's formula.
func pi(bits uint) *big.Int {
	const guard = 64
	unit := new(big.Int).Lsh(big.NewInt(1), bits+guard)
	arctan := func(inverse int64) *big.Int {
		x := big.NewInt(inverse)
		sq := new(big.Int).Mul(x, x)
		term := new(big.Int).Div(unit, x)
		total := new(big.Int).Set(term)
		for n, sign := int64(3), -1; term.Sign() != 0; n, sign = n+2, -sign {
			term.Div(term, sq)
			t := new(big.Int).Div(term, big.NewInt(n))
			if sign < 0 {
				total.Sub(total, t)
			} else {
				total.Add(total, t)
			}
		}
		return total
	}
	v := arctan(5)
	v.Mul(v, big.NewInt(16))
	w := arctan(239)
	v.Sub(v, w.Mul(w, big.NewInt(4)))
	return v.Rsh(v, guard)
}

// Generate makes the private key, unless there is one, and the public key.
func (k *DHKey) Generate() error {
	if k.X == nil {
		if k.P.BitLen() < 2 {
			return nodeerr.New(nodeerr.KindError, "", "Key generation failed")
		}
		bits := k.P.BitLen() - 1
		if n := privateLength(k.P.BitLen()); n > 0 && n < bits && isGroupPrime(k.P) {
			bits = n
		}
		if k.PrivateBits > 0 && k.PrivateBits < bits {
			bits = k.PrivateBits
		}
		limit := new(big.Int).Lsh(big.NewInt(1), uint(bits))
		if top := new(big.Int).Sub(k.P, big.NewInt(1)); limit.Cmp(top) > 0 {
			limit = top
		}
		k.X = big.NewInt(1)
		if limit.Cmp(k.X) > 0 {
			k.X = randomBelow(limit)
		}
	}
	k.Y = new(big.Int).Exp(k.G, k.X, k.P)
	return nil
}

// privateLength is the length of private keys for a safe prime of a known group
// (NIST SP 800-56A, appendix D).
func privateLength(bits int) int {
	switch {
	case bits >= 8192:
		return 400
	case bits >= 6144:
		return 352
	case bits >= 4096:
		return 325
	case bits >= 3072:
		return 275
	case bits >= 2048:
		return 225
	}
	return 0
}

func isGroupPrime(p *big.Int) bool {
	for name, g := range dhGroups {
		if int(g.bits) == p.BitLen() && DHGroup(name).P.Cmp(p) == 0 {
			return true
		}
	}
	return false
}

// Shared is the secret with a peer's public value, as long as the prime.
func (k *DHKey) Shared(peer *big.Int) []byte {
	return new(big.Int).Exp(peer, k.X, k.P).FillBytes(make([]byte, (k.P.BitLen()+7)/8))
}

// CheckDH is diffieHellman.verifyError: the bits of DH_check.
func CheckDH(p, g *big.Int) int {
	if knownGroup(p, g) { // to test primes of that size takes seconds
		return 0
	}
	out := 0
	if p.BitLen() < 512 {
		out |= 0x80 // DH_MODULUS_TOO_SMALL
	}
	if p.Bit(0) == 0 || !p.ProbablyPrime(20) {
		out |= 1 // DH_CHECK_P_NOT_PRIME
	} else if q := new(big.Int).Rsh(p, 1); !q.ProbablyPrime(20) {
		out |= 2 // DH_CHECK_P_NOT_SAFE_PRIME
	}
	if g.Cmp(big.NewInt(1)) <= 0 || g.Cmp(new(big.Int).Sub(p, big.NewInt(1))) >= 0 {
		out |= 8 // DH_NOT_SUITABLE_GENERATOR
	}
	return out
}

// GenerateDHParams makes a safe prime of bits that suits the generator.
func GenerateDHParams(bits int, g int64) (*DHKey, error) {
	if bits < 512 {
		return nil, nodeerr.OpenSSL(0x0280007E, "Diffie-Hellman routines", "modulus too small", "ERR_OSSL_DH_MODULUS_TOO_SMALL")
	}
	if bits > 10000 {
		return nil, nodeerr.OpenSSL(0x02800067, "Diffie-Hellman routines", "modulus too large", "ERR_OSSL_DH_MODULUS_TOO_LARGE")
	}
	if g <= 1 {
		return nil, nodeerr.OpenSSL(0x02800065, "Diffie-Hellman routines", "bad generator", "ERR_OSSL_DH_BAD_GENERATOR")
	}
	var add, rem *big.Int
	switch g {
	case 2:
		add, rem = big.NewInt(24), big.NewInt(23)
	case 5:
		add, rem = big.NewInt(60), big.NewInt(59)
	default:
		add, rem = big.NewInt(12), big.NewInt(11)
	}
	p, err := GeneratePrime(bits, true, add, rem)
	if err != nil {
		return nil, err
	}
	return &DHKey{P: p, G: big.NewInt(g)}, nil
}

// GeneratePrime makes a prime of bits, a safe one if asked; with add it is rem
// modulo add, rem being 1 or, for a safe prime, 3 where it is nil.
func GeneratePrime(bits int, safe bool, add, rem *big.Int) (*big.Int, error) {
	if add == nil && !safe {
		if bits < 2 {
			return nil, nodeerr.OpenSSL(0x0180007B, "bignum routines", "bits too small", "ERR_OSSL_BN_BITS_TOO_SMALL")
		}
		return rand.Prime(rand.Reader, bits)
	}
	if add == nil {
		add, rem = big.NewInt(2), big.NewInt(1)
		if bits > 5 {
			add, rem = big.NewInt(12), big.NewInt(11) // neither p nor (p-1)/2 is a multiple of 3
		}
	} else if rem == nil {
		if rem = big.NewInt(1); safe {
			rem = big.NewInt(3)
		}
	}
	limit := new(big.Int).Lsh(big.NewInt(1), uint(bits))
	half := new(big.Int)
	for {
		p, err := rand.Int(rand.Reader, limit)
		if err != nil {
			return nil, err
		}
		if add.BitLen() < bits-1 {
			p.SetBit(p, bits-1, 1)
			p.SetBit(p, max(bits-2, 0), 1)
		}
		p.Sub(p, new(big.Int).Mod(p, add))
		p.Add(p, rem)
		for range 2000 { // along the progression, with a cheap sieve first
			if p.BitLen() > bits {
				break
			}
			if p.BitLen() == bits && smallFactorFree(p) {
				ok := true
				if safe {
					half.Rsh(p, 1)
					ok = smallFactorFree(half) && half.ProbablyPrime(1) && p.ProbablyPrime(1) && half.ProbablyPrime(20)
				}
				if ok && p.ProbablyPrime(20) {
					return p, nil
				}
			}
			p.Add(p, add)
		}
	}
}

var smallPrimes = sync.OnceValue(func() []uint64 {
	var out []uint64
next:
	for n := uint64(3); n < 2000; n += 2 {
		for _, p := range out {
			if n%p == 0 {
				continue next
			}
		}
		out = append(out, n)
	}
	return out
})

func smallFactorFree(n *big.Int) bool {
	if n.BitLen() <= 11 {
		return true
	}
	if n.Bit(0) == 0 {
		return false
	}
	var m, r big.Int
	primes := smallPrimes()
	for i := 0; i < len(primes); {
		product, from := uint64(1), i
		for ; i < len(primes) && product < 1<<52; i++ {
			product *= primes[i]
		}
		x := r.Mod(n, m.SetUint64(product)).Uint64()
		for _, p := range primes[from:i] {
			if x%p == 0 {
				return false
			}
		}
	}
	return true
}
