package inflate

import (
	"hash/adler32"
	"hash/crc32"
	"math/bits"
)

// The flags of a gzip header, RFC 1952, 2.3.1.
const (
	flagHeaderCRC = 1 << (1 + iota)
	flagExtra
	flagName
	flagComment
	flagsReserved = 0xe0
)

// header is how far a header has been read.
type header struct {
	flags  byte
	extra  int // bytes of the extra field that are left
	crc    uint32
	summed bool // the trailer's first number is read
}

// check has the sums of what was decompressed.
type check struct {
	crc, size uint32
	a, b      uint32
}

func newCheck() check { return check{a: 1} }

// write adds p to the sums that the format needs.
func (c *check) write(f Format, p []byte) {
	switch f {
	case Gzip:
		c.crc = crc32.Update(c.crc, crc32.IEEETable, p)
		c.size += uint32(len(p))
	case Zlib:
		// The sums of two parts combine to that of the whole.
		const mod = 65521
		s := adler32.Checksum(p)
		n := uint64(len(p) % mod)
		c.b = uint32((n*uint64(c.a) + uint64(c.b) + uint64(s>>16) + mod - n) % mod)
		c.a = (c.a + s&0xffff + mod - 1) % mod
	}
}

// crcBytes adds bytes of the header to its sum.
func (d *Decompressor) crcBytes(p ...byte) {
	if d.header.flags&flagHeaderCRC != 0 {
		d.header.crc = crc32.Update(d.header.crc, crc32.IEEETable, p)
	}
}

// magic reads the first two bytes, which tell the format.
func (d *Decompressor) magic() Status {
	if !d.need(16) {
		return OK
	}
	v := int(d.acc & 0xffff)
	if d.format != Zlib && v == 0x8b1f {
		d.drop(16)
		d.found = Gzip
		d.step = atMethod
		return OK
	}
	if d.format == Gzip || ((v&0xff)<<8+v>>8)%31 != 0 {
		return d.fail("incorrect header check")
	}
	if v&15 != 8 {
		return d.fail("unknown compression method")
	}
	size := v>>4&15 + 8
	if size > 15 || d.windowBits != 0 && size > d.windowBits {
		return d.fail("invalid window size")
	}
	d.drop(16)
	d.setWindow(size)
	if d.windowBits != 0 {
		d.setWindow(d.windowBits)
	}
	d.found = Zlib
	d.step = atBlock
	if v&0x2000 != 0 {
		d.step = atDictionaryID
	}
	return OK
}

func (d *Decompressor) dictionaryID() Status {
	if !d.need(32) {
		return OK
	}
	d.dictID = swap(uint32(d.bits(32)))
	d.step = atDictionary
	return NeedDict
}

// method reads the rest of the fixed part of a gzip header.
func (d *Decompressor) method() Status {
	if !d.need(16) {
		return OK
	}
	v := d.bits(16)
	if v&0xff != 8 {
		return d.fail("unknown compression method")
	}
	if v>>8&flagsReserved != 0 {
		return d.fail("unknown header flags set")
	}
	d.header.flags = byte(v >> 8)
	d.crcBytes(0x1f, 0x8b, byte(v), byte(v>>8))
	d.step = atTime
	return OK
}

func (d *Decompressor) time() Status {
	if !d.need(48) {
		return OK
	}
	for range 6 {
		d.crcBytes(byte(d.bits(8)))
	}
	d.step = atExtraSize
	return OK
}

func (d *Decompressor) extraSize() Status {
	if d.header.flags&flagExtra != 0 {
		if !d.need(16) {
			return OK
		}
		d.header.extra = int(d.acc & 0xffff)
		d.crcBytes(byte(d.bits(8)), byte(d.bits(8)))
	}
	d.step = atExtra
	return OK
}

func (d *Decompressor) extra() Status {
	for ; d.header.extra > 0; d.header.extra-- {
		if !d.need(8) {
			return OK
		}
		d.crcBytes(byte(d.bits(8)))
	}
	d.step = atName
	return OK
}

// text skips a text that ends with a zero byte, if flag says that it is there.
func (d *Decompressor) text(flag byte, next step) Status {
	for d.header.flags&flag != 0 {
		if !d.need(8) {
			return OK
		}
		b := byte(d.bits(8))
		d.crcBytes(b)
		if b == 0 {
			break
		}
	}
	d.step = next
	return OK
}

func (d *Decompressor) headerCRC() Status {
	if d.header.flags&flagHeaderCRC != 0 {
		if !d.need(16) {
			return OK
		}
		if uint32(d.acc&0xffff) != d.header.crc&0xffff {
			return d.fail("header crc mismatch")
		}
		d.drop(16)
	}
	d.step = atBlock
	return OK
}

// trailer compares the sums.
func (d *Decompressor) trailer() Status {
	d.drop(d.nacc & 7)
	switch d.found {
	case Zlib:
		if !d.need(32) {
			return OK
		}
		if swap(uint32(d.acc)) != d.check.b<<16|d.check.a {
			return d.fail("incorrect data check")
		}
		d.drop(32)
	case Gzip:
		if !d.header.summed {
			if !d.need(32) {
				return OK
			}
			if uint32(d.acc) != d.check.crc {
				return d.fail("incorrect data check")
			}
			d.drop(32)
			d.header.summed = true
		}
		if !d.need(32) {
			return OK
		}
		if uint32(d.acc) != d.check.size {
			return d.fail("incorrect length check")
		}
		d.drop(32)
	}
	d.step = atDone
	return StreamEnd
}

// swap reverses the bytes of v: RFC 1950 has the high one first.
func swap(v uint32) uint32 { return bits.ReverseBytes32(v) }
