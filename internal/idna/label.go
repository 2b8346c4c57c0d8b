package idna

const (
	zwnj = '\u200c'
	zwj  = '\u200d'
)

// validLabel applies the validity criteria of UTS #46 section 4.1 to a label
// that is mapped and normalised, and that is not empty.
func validLabel(label []rune) bool {
	if len(label) >= 4 && string(label[:4]) == acePrefix {
		return false
	}
	if propsOf(label[0])&mark != 0 {
		return false
	}
	for _, r := range label {
		if r >= 0x80 {
			if s := lookup(r); s.kind != valid && (s.kind != paired || (r-s.lo)&1 == 0) {
				return false
			}
		}
	}
	for i, r := range label {
		switch r {
		case zwnj:
			return followsVirama(label, i) || betweenJoining(label, i)
		case zwj:
			return followsVirama(label, i)
		}
	}
	return validBidi(label)
}

// followsVirama is the first rule of RFC 5892 appendix A.1, and A.2.
func followsVirama(label []rune, i int) bool {
	return i > 0 && propsOf(label[i-1])&virama != 0
}

// betweenJoining is the second rule of RFC 5892 appendix A.1, except that any
// characters, not only transparent ones, may stand between the joining ones.
func betweenJoining(label []rune, i int) bool {
	before, after := false, false
	for _, r := range label[:i] {
		before = before || propsOf(r)&joinsNext != 0
	}
	for _, r := range label[i+1:] {
		after = after || propsOf(r)&joinsPrevious != 0
	}
	return before && after
}

// validBidi is the Bidi rule of RFC 5893 section 2, applied to labels with a
// right-to-left character. A label that begins with L is left-to-right, any
// other right-to-left.
func validBidi(label []rune) bool {
	rtl := false
	for _, r := range label {
		switch propsOf(r) & bidiMask {
		case bidiR, bidiAN:
			rtl = true
		}
	}
	if !rtl {
		return true
	}
	last := len(label) - 1
	for last > 0 && propsOf(label[last])&bidiMask == bidiNSM {
		last--
	}
	if propsOf(label[0])&bidiMask == bidiL {
		return validLTR(label[:last])
	}
	return validRTL(label[:last+1])
}

// validLTR is rule 5, for a label without its last character.
func validLTR(label []rune) bool {
	for _, r := range label {
		switch propsOf(r) & bidiMask {
		case bidiL, bidiEN, bidiN, bidiNSM:
		default:
			return false
		}
	}
	return true
}

// validRTL is rules 2 to 4, for a label without trailing marks.
func validRTL(label []rune) bool {
	hasEN, hasAN := false, false
	for _, r := range label {
		switch propsOf(r) & bidiMask {
		case bidiEN:
			hasEN = true
		case bidiAN:
			hasAN = true
		case bidiR, bidiN, bidiNSM:
		default:
			return false
		}
	}
	switch propsOf(label[len(label)-1]) & bidiMask {
	case bidiR, bidiEN, bidiAN:
		return !(hasEN && hasAN)
	}
	return false
}
