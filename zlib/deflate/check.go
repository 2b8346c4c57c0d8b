package deflate

import (
	"hash/adler32"
	"hash/crc32"
)

// check is the checksum of a format.
type check struct {
	format Format
	crc    uint32
	adler  hashAdler
	size   uint32
}

type hashAdler struct{ a, b uint32 }

func (h hashAdler) sum() uint32 { return h.b<<16 | h.a }

func (k *check) reset() { k.crc, k.size, k.adler = 0, 0, hashAdler{1, 0} }

func (k *check) write(p []byte) {
	switch k.format {
	case Gzip:
		k.crc = crc32.Update(k.crc, crc32.IEEETable, p)
		k.size += uint32(len(p))
	case Zlib:
		k.adler = k.adler.add(p)
	}
}

// add continues the sum over p: the sums of two parts combine, with the length
// of the second, to that of the whole.
func (h hashAdler) add(p []byte) hashAdler {
	const mod = 65521
	s := adler32.Checksum(p)
	a, b, n := s&0xffff, s>>16, uint32(len(p)%mod)
	return hashAdler{
		a: (h.a + a + mod - 1) % mod,
		b: uint32((uint64(n)*uint64(h.a) + uint64(h.b) + uint64(b) + uint64(mod) - uint64(n)) % mod),
	}
}
