package crypto

import (
	"encoding/binary"
	"math/bits"
	"sync"

	"golang.org/x/crypto/blake2b"
)

// Argon2Params are the inputs of Argon2 (RFC 9106).
type Argon2Params struct {
	Type        int // 0: argon2d, 1: argon2i, 2: argon2id
	Message     []byte
	Nonce       []byte
	Secret      []byte
	Data        []byte // associated data
	Parallelism int
	TagLength   int // bytes
	Memory      int // KiB
	Passes      int
}

const (
	argonVersion = 0x13
	argonWords   = 128 // of 64 bits in a block
	argonSlices  = 4
)

type argonBlock [argonWords]uint64

// Argon2 derives a tag.
func Argon2(p Argon2Params) []byte {
	a := newArgon(p)
	for pass := range p.Passes {
		for slice := range argonSlices {
			var wait sync.WaitGroup
			for lane := range p.Parallelism {
				wait.Go(func() { a.segment(pass, slice, lane) })
			}
			wait.Wait()
		}
	}
	last := a.memory[a.lane-1]
	for i := 1; i < p.Parallelism; i++ {
		for j, w := range a.memory[(i+1)*a.lane-1] {
			last[j] ^= w
		}
	}
	var b [1024]byte
	for i, w := range last {
		binary.LittleEndian.PutUint64(b[8*i:], w)
	}
	return argonHash(b[:], p.TagLength)
}

type argon struct {
	Argon2Params
	memory        []argonBlock
	lane, segSize int // blocks
}

func newArgon(p Argon2Params) *argon {
	h, _ := blake2b.New512(nil)
	word := func(n int) {
		var b [4]byte
		binary.LittleEndian.PutUint32(b[:], uint32(n))
		_, _ = h.Write(b[:])
	}
	for _, n := range []int{p.Parallelism, p.TagLength, p.Memory, p.Passes, argonVersion, p.Type} {
		word(n)
	}
	for _, s := range [][]byte{p.Message, p.Nonce, p.Secret, p.Data} {
		word(len(s))
		_, _ = h.Write(s)
	}
	h0 := h.Sum(nil)
	a := &argon{Argon2Params: p}
	a.segSize = p.Memory / (argonSlices * p.Parallelism)
	a.lane = a.segSize * argonSlices
	a.memory = make([]argonBlock, a.lane*p.Parallelism)
	for lane := range p.Parallelism {
		for i := range 2 {
			seed := binary.LittleEndian.AppendUint32(append([]byte{}, h0...), uint32(i))
			out := argonHash(binary.LittleEndian.AppendUint32(seed, uint32(lane)), 1024)
			b := &a.memory[lane*a.lane+i]
			for j := range b {
				b[j] = binary.LittleEndian.Uint64(out[8*j:])
			}
		}
	}
	return a
}

// argonHash is H', BLAKE2b of any length.
func argonHash(in []byte, size int) []byte {
	head := binary.LittleEndian.AppendUint32(nil, uint32(size))
	if size <= 64 {
		h, _ := blake2b.New(size, nil)
		_, _ = h.Write(head)
		_, _ = h.Write(in)
		return h.Sum(nil)
	}
	v := blake2b.Sum512(append(head, in...))
	out := append([]byte{}, v[:32]...)
	left := size - 32
	for left > 64 {
		v = blake2b.Sum512(v[:])
		out = append(out, v[:32]...)
		left -= 32
	}
	h, _ := blake2b.New(left, nil)
	_, _ = h.Write(v[:])
	return h.Sum(out)
}

// segment fills a quarter of a lane.
func (a *argon) segment(pass, slice, lane int) {
	independent := a.Type == 1 || a.Type == 2 && pass == 0 && slice < argonSlices/2
	var addresses, input, zero argonBlock
	if independent {
		input[0], input[1], input[2] = uint64(pass), uint64(lane), uint64(slice)
		input[3], input[4], input[5] = uint64(len(a.memory)), uint64(a.Passes), uint64(a.Type)
	}
	next := func() {
		input[6]++
		argonFill(&addresses, &zero, &input, false)
		argonFill(&addresses, &zero, &addresses, false)
	}
	start := 0
	if pass == 0 && slice == 0 {
		start = 2
		if independent {
			next()
		}
	}
	base := lane * a.lane
	for i := start; i < a.segSize; i++ {
		at := slice*a.segSize + i
		prev := at - 1
		if at == 0 {
			prev = a.lane - 1
		}
		var random uint64
		if independent {
			if i%argonWords == 0 {
				next()
			}
			random = addresses[i%argonWords]
		} else {
			random = a.memory[base+prev][0]
		}
		refLane := int(random>>32) % a.Parallelism
		if pass == 0 && slice == 0 {
			refLane = lane
		}
		ref := a.reference(pass, slice, i, refLane == lane, uint32(random))
		argonFill(&a.memory[base+at], &a.memory[base+prev], &a.memory[refLane*a.lane+ref], pass > 0)
	}
}

// reference picks the block that random points to among those that may be used.
func (a *argon) reference(pass, slice, i int, same bool, random uint32) int {
	area := slice * a.segSize
	from := 0
	if pass > 0 {
		area = a.lane - a.segSize
		from = (slice + 1) % argonSlices * a.segSize
	}
	if same {
		area += i - 1
	} else if i == 0 {
		area--
	}
	x := uint64(random) * uint64(random) >> 32
	y := uint64(area) * x >> 32
	return (from + area - 1 - int(y)) % a.lane
}

// argonFill is the compression function G; with is added to what out has in
// later passes.
func argonFill(out, x, y *argonBlock, with bool) {
	var r, z argonBlock
	for i := range r {
		r[i] = x[i] ^ y[i]
	}
	z = r
	for i := 0; i < argonWords; i += 16 {
		argonRound(&z, [16]int{i, i + 1, i + 2, i + 3, i + 4, i + 5, i + 6, i + 7, i + 8, i + 9, i + 10, i + 11, i + 12, i + 13, i + 14, i + 15})
	}
	for i := 0; i < 16; i += 2 {
		argonRound(&z, [16]int{i, i + 1, i + 16, i + 17, i + 32, i + 33, i + 48, i + 49, i + 64, i + 65, i + 80, i + 81, i + 96, i + 97, i + 112, i + 113})
	}
	for i := range out {
		w := z[i] ^ r[i]
		if with {
			w ^= out[i]
		}
		out[i] = w
	}
}

// argonRound is BLAKE2b's round with multiplications added.
func argonRound(b *argonBlock, at [16]int) {
	var v [16]uint64
	for i, k := range at {
		v[i] = b[k]
	}
	mix := func(a, b, c, d int) {
		v[a] += v[b] + 2*uint64(uint32(v[a]))*uint64(uint32(v[b]))
		v[d] = bits.RotateLeft64(v[d]^v[a], -32)
		v[c] += v[d] + 2*uint64(uint32(v[c]))*uint64(uint32(v[d]))
		v[b] = bits.RotateLeft64(v[b]^v[c], -24)
		v[a] += v[b] + 2*uint64(uint32(v[a]))*uint64(uint32(v[b]))
		v[d] = bits.RotateLeft64(v[d]^v[a], -16)
		v[c] += v[d] + 2*uint64(uint32(v[c]))*uint64(uint32(v[d]))
		v[b] = bits.RotateLeft64(v[b]^v[c], -63)
	}
	mix(0, 4, 8, 12)
	mix(1, 5, 9, 13)
	mix(2, 6, 10, 14)
	mix(3, 7, 11, 15)
	mix(0, 5, 10, 15)
	mix(1, 6, 11, 12)
	mix(2, 7, 8, 13)
	mix(3, 4, 9, 14)
	for i, k := range at {
		b[k] = v[i]
	}
}
