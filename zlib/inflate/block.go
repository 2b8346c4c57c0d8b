package inflate

import "encoding/binary"

// step is where a Decompressor stands.
type step uint8

const (
	atMagic step = iota
	atDictionaryID
	atDictionary // it is wanted
	atMethod
	atTime
	atExtraSize
	atExtra
	atName
	atComment
	atHeaderCRC
	atBlock
	atStoredHead
	atStored
	atCodes // the head of a block with codes of its own
	atCodeLengths
	atLengths
	atSymbol
	atLengthExtra
	atDistance
	atDistanceExtra
	atMatch
	atTrailer
	atDone
	atError
)

// codeLenOrder is the order in which the lengths of the code length code come.
var codeLenOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// run goes on until input or room is lacking or the data ends.
func (d *Decompressor) run() Status {
	for {
		before := d.step
		var s Status
		switch d.step {
		case atMagic:
			s = d.magic()
		case atDictionaryID:
			s = d.dictionaryID()
		case atDictionary:
			return NeedDict
		case atMethod:
			s = d.method()
		case atTime:
			s = d.time()
		case atExtraSize:
			s = d.extraSize()
		case atExtra:
			s = d.extra()
		case atName:
			s = d.text(flagName, atComment)
		case atComment:
			s = d.text(flagComment, atHeaderCRC)
		case atHeaderCRC:
			s = d.headerCRC()
		case atBlock:
			s = d.block()
		case atStoredHead:
			s = d.storedHead()
		case atStored:
			s = d.storedBytes()
		case atCodes:
			s = d.codes()
		case atCodeLengths:
			s = d.codeLengths()
		case atLengths:
			s = d.lengths()
		case atSymbol, atLengthExtra, atDistance, atDistanceExtra, atMatch:
			s = d.symbols()
		case atTrailer:
			return OK
		case atDone:
			return StreamEnd
		case atError:
			return DataError
		}
		if s != OK || d.step == before {
			return s
		}
	}
}

func (d *Decompressor) block() Status {
	if d.last {
		d.step = atTrailer
		return OK
	}
	if !d.need(3) {
		return OK
	}
	d.last = d.bits(1) == 1
	switch d.bits(2) {
	case 0:
		d.drop(d.nacc & 7)
		d.step = atStoredHead
	case 1:
		d.litLen, d.dist = fixedLitLen, fixedDist
		d.step = atSymbol
	case 2:
		d.step = atCodes
	default:
		return d.fail("invalid block type")
	}
	return OK
}

func (d *Decompressor) storedHead() Status {
	if !d.need(32) {
		return OK
	}
	if uint16(d.acc) != ^uint16(d.acc>>16) {
		return d.fail("invalid stored block lengths")
	}
	d.stored = d.bits(16)
	d.drop(16)
	d.step = atStored
	return OK
}

func (d *Decompressor) storedBytes() Status {
	for d.stored > 0 && d.nacc >= 8 && d.nout < len(d.out) {
		d.out[d.nout] = byte(d.bits(8))
		d.nout++
		d.stored--
	}
	if d.nacc < 8 {
		n := copy(d.out[d.nout:], d.in[:min(d.stored, len(d.in))])
		d.in = d.in[n:]
		d.nout += n
		d.stored -= n
	}
	if d.stored == 0 {
		d.step = atBlock
	}
	return OK
}

func (d *Decompressor) codes() Status {
	if !d.need(14) {
		return OK
	}
	d.nlen, d.ndist, d.ncode = d.bits(5)+257, d.bits(5)+1, d.bits(4)+4
	if d.nlen > 286 || d.ndist > 30 {
		return d.fail("too many length or distance symbols")
	}
	d.have = 0
	d.step = atCodeLengths
	return OK
}

func (d *Decompressor) codeLengths() Status {
	if d.have == 0 {
		clear(d.lens[:19])
	}
	for ; d.have < d.ncode; d.have++ {
		if !d.need(3) {
			return OK
		}
		d.lens[codeLenOrder[d.have]] = uint8(d.bits(3))
	}
	var ok bool
	if d.tables[0], ok = build(d.tables[0], codeLengths, d.lens[:19], codeLenBits); !ok {
		return d.fail("invalid code lengths set")
	}
	d.have = 0
	d.step = atLengths
	return OK
}

// repeats are the symbols 16 to 18: extra bits and the least count.
var repeats = [3]struct{ bits, least uint }{{2, 3}, {3, 3}, {7, 11}}

func (d *Decompressor) lengths() Status {
	total := d.nlen + d.ndist
	for d.have < total {
		d.need(codeLenBits + 7)
		e := d.tables[0][d.acc&(1<<codeLenBits-1)]
		if e.length() > d.nacc {
			return OK
		}
		sym := e.value()
		if sym < 16 {
			d.drop(e.length())
			d.lens[d.have] = uint8(sym)
			d.have++
			continue
		}
		r := repeats[sym-16]
		if e.length()+r.bits > d.nacc {
			return OK
		}
		d.drop(e.length())
		v := uint8(0)
		if sym == 16 {
			if d.have == 0 {
				return d.fail("invalid bit length repeat")
			}
			v = d.lens[d.have-1]
		}
		n := int(r.least) + d.bits(r.bits)
		if d.have+n > total {
			return d.fail("invalid bit length repeat")
		}
		for ; n > 0; n-- {
			d.lens[d.have] = v
			d.have++
		}
	}
	if d.lens[256] == 0 {
		return d.fail("invalid code -- missing end-of-block")
	}
	var ok bool
	if d.tables[1], ok = build(d.tables[1], literalsLengths, d.lens[:d.nlen], litLenBits); !ok {
		return d.fail("invalid literal/lengths set")
	}
	if d.tables[2], ok = build(d.tables[2], distances, d.lens[d.nlen:total], distBits); !ok {
		return d.fail("invalid distances set")
	}
	d.litLen, d.dist = d.tables[1], d.tables[2]
	d.step = atSymbol
	return OK
}

// look decodes the next word of a code without using it up. ok is false if the
// input does not hold all of it.
func (d *Decompressor) look(table []entry, root uint) (e entry, ok bool) {
	if d.nacc < maxCodeBits {
		d.refill()
	}
	e = table[d.acc&(1<<root-1)]
	if e&kindMask == kindTable {
		e = table[e.value()+int(d.acc>>root&(1<<e.extra()-1))]
	}
	return e, e.length() <= d.nacc
}

// symbols decodes literals and matches until the block ends.
func (d *Decompressor) symbols() Status {
	for {
		switch d.step {
		case atSymbol:
			if len(d.in) >= 8 && len(d.out)-d.nout >= 2 {
				d.quick()
			}
			e, ok := d.look(d.litLen, litLenBits)
			if !ok {
				return OK
			}
			switch e & kindMask {
			case kindLiteral:
				if d.nout == len(d.out) {
					return OK
				}
				d.drop(e.length())
				d.out[d.nout] = byte(e.value())
				d.nout++
				continue
			case kindEnd:
				d.drop(e.length())
				d.step = atBlock
				return OK
			case kindInvalid:
				return d.fail("invalid literal/length code")
			}
			d.drop(e.length())
			d.length, d.have = e.value(), int(e.extra())
			d.step = atLengthExtra
		case atLengthExtra:
			if !d.need(uint(d.have)) {
				return OK
			}
			d.length += d.bits(uint(d.have))
			d.step = atDistance
		case atDistance:
			e, ok := d.look(d.dist, distBits)
			if !ok {
				return OK
			}
			if e&kindMask == kindInvalid {
				return d.fail("invalid distance code")
			}
			d.drop(e.length())
			d.distance, d.have = e.value(), int(e.extra())
			d.step = atDistanceExtra
		case atDistanceExtra:
			if !d.need(uint(d.have)) {
				return OK
			}
			d.distance += d.bits(uint(d.have))
			d.step = atMatch
		case atMatch:
			if d.nout == len(d.out) {
				return OK
			}
			if d.distance > d.nout+d.whave {
				return d.fail("invalid distance too far back")
			}
			d.copy()
			if d.length == 0 {
				d.step = atSymbol
			}
		}
	}
}

// copy copies as much of the match as there is room for.
func (d *Decompressor) copy() {
	if d.distance > d.nout { // from the window
		back := d.distance - d.nout
		from := d.wpos - back
		if from < 0 {
			from += d.wsize
		}
		n := min(d.length, back, len(d.out)-d.nout)
		k := copy(d.out[d.nout:d.nout+n], d.window[from:])
		copy(d.out[d.nout+k:d.nout+n], d.window)
		d.nout += n
		d.length -= n
		return
	}
	n := min(d.length, len(d.out)-d.nout)
	d.length -= n
	for n > 0 { // a match may overlap what it makes
		k := copy(d.out[d.nout:d.nout+n], d.out[d.nout-d.distance:d.nout])
		d.nout += k
		n -= k
	}
}

// quick decodes symbols while neither end is near: it stops before one that
// could need more, or that is not simple.
func (d *Decompressor) quick() {
	in, out, nout, acc, nacc := d.in, d.out, d.nout, d.acc, d.nacc
	litLen, dist := d.litLen, d.dist
	for len(in) >= 8 && len(out)-nout >= 258 {
		// 15 + 5 + 15 + 13 bits at most
		acc |= binary.LittleEndian.Uint64(in) << nacc
		n := (63 - nacc) >> 3
		in = in[n:]
		nacc += n * 8
		acc &= 1<<nacc - 1
		e := litLen[acc&(1<<litLenBits-1)]
		if e&kindMask == kindTable {
			e = litLen[e.value()+int(acc>>litLenBits&(1<<e.extra()-1))]
		}
		if e&kindMask == kindLiteral {
			acc >>= e.length() & 63
			nacc -= e.length()
			out[nout] = byte(e.value())
			nout++
			continue
		}
		if e&kindMask != kindBase {
			break
		}
		used := e.length()
		x := acc >> (used & 63)
		length := e.value() + int(x&(1<<e.extra()-1))
		used += e.extra()
		x >>= e.extra()
		e = dist[x&(1<<distBits-1)]
		if e&kindMask == kindTable {
			e = dist[e.value()+int(x>>distBits&(1<<e.extra()-1))]
		}
		if e&kindMask != kindBase {
			break
		}
		x >>= e.length() & 63
		distance := e.value() + int(x&(1<<e.extra()-1))
		used += e.length() + e.extra()
		if distance > nout {
			break
		}
		acc >>= used & 63
		nacc -= used
		if distance >= length {
			copy(out[nout:nout+length], out[nout-distance:])
			nout += length
			continue
		}
		for i := range length {
			out[nout+i] = out[nout+i-distance]
		}
		nout += length
	}
	d.in, d.nout, d.acc, d.nacc = in, nout, acc, nacc
}
