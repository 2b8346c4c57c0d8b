package glob

import "unicode"

// matcher matches items against the units of a name, by backtracking: each
// method calls next with every place where the name may go on, until that
// returns true.
type matcher struct {
	text []rune
	fold bool
}

func (m *matcher) sequence(seq sequence, at int, next func(int) bool) bool {
	for i := range seq {
		it := &seq[i]
		switch it.op {
		case opChar, opAny, opClass:
			if at >= len(m.text) || !m.one(it, m.text[at]) {
				return false
			}
			at++
		case opFail:
			return false
		case opNoDot:
			if m.dotAt(at) {
				return false
			}
		case opNotDots:
			if at == 0 && (string(m.text) == "." || string(m.text) == "..") {
				return false
			}
		case opEnd:
			if at != len(m.text) {
				return false
			}
		default:
			rest := seq[i+1:]
			return m.many(it, at, func(at int) bool { return m.sequence(rest, at, next) })
		}
	}
	return next(at)
}

func (m *matcher) dotAt(at int) bool { return at < len(m.text) && m.text[at] == '.' }

// one reports whether r is what it stands for.
func (m *matcher) one(it *item, r rune) bool {
	switch it.op {
	case opAny:
		return true
	case opClass:
		return it.class.has(r, m.fold)
	}
	if r == it.char {
		return true
	}
	if m.fold {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			if f == it.char {
				return true
			}
		}
	}
	return false
}

// many matches an item that stands for different numbers of units.
func (m *matcher) many(it *item, at int, next func(int) bool) bool {
	switch it.op {
	case opStar:
		return m.star(at, next)
	case opPlus:
		return m.star(at+1, next)
	case opOnce:
		return m.group(it.group, at, next)
	case opOptional:
		return m.group(it.group, at, next) || next(at)
	case opMany:
		return m.repeat(it, at, next) || next(at)
	case opSome:
		return m.repeat(it, at, next)
	default:
		if m.group(it.group, at, func(int) bool { return true }) || it.noDot && m.dotAt(at) {
			return false
		}
		return m.star(at, next)
	}
}

func (m *matcher) star(at int, next func(int) bool) bool {
	for ; at <= len(m.text); at++ {
		if next(at) {
			return true
		}
	}
	return false
}

func (m *matcher) group(group []sequence, at int, next func(int) bool) bool {
	for _, seq := range group {
		if m.sequence(seq, at, next) {
			return true
		}
	}
	return false
}

// repeat matches an alternative at least once.
func (m *matcher) repeat(it *item, at int, next func(int) bool) bool {
	rest := it.rest
	if rest == nil {
		rest = it.group
	}
	var again func(int) bool
	again = func(at int) bool {
		return next(at) || m.group(rest, at, func(end int) bool { return end > at && again(end) })
	}
	return m.group(it.group, at, again)
}
