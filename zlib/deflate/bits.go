package deflate

import "encoding/binary"

// bitWriter collects bits, the first one lowest, in out.
type bitWriter struct {
	out  []byte // whole bytes
	acc  uint64
	nacc uint
}

func (w *bitWriter) bits(v uint32, n uint) {
	w.acc |= uint64(v) << w.nacc
	w.nacc += n
	if w.nacc >= 32 {
		w.out = binary.LittleEndian.AppendUint32(w.out, uint32(w.acc))
		w.acc >>= 32
		w.nacc -= 32
	}
}

func (w *bitWriter) code(c code) { w.bits(uint32(c.bits), uint(c.n)) }

// whole moves the whole bytes to out; up to seven bits stay.
func (w *bitWriter) whole() {
	for w.nacc >= 8 {
		w.out = append(w.out, byte(w.acc))
		w.acc >>= 8
		w.nacc -= 8
	}
}

// align fills the last byte with zeros.
func (w *bitWriter) align() {
	w.nacc = (w.nacc + 7) &^ 7
	w.whole()
}
