package glob

import "unicode"

// class is a bracket expression: it has what is in a range, or in a table, or
// not in any of the excluded tables. negate turns that round.
type class struct {
	ranges   [][2]rune
	tables   []*unicode.RangeTable
	excluded []*unicode.RangeTable
	negate   bool
}

// mixed reports whether members and non-members are joined.
func (c *class) mixed() bool {
	return len(c.excluded) > 0 && (len(c.ranges) > 0 || len(c.tables) > 0)
}

func (c *class) has(r rune, fold bool) bool {
	in := c.hasExactly(r)
	if fold {
		for f := unicode.SimpleFold(r); !in && f != r; f = unicode.SimpleFold(f) {
			in = c.hasExactly(f)
		}
	}
	if len(c.excluded) > 0 && !in {
		in = assigned(r) && !unicode.In(r, c.excluded...)
	}
	return in != c.negate
}

func (c *class) hasExactly(r rune) bool {
	for _, rg := range c.ranges {
		if rg[0] <= r && r <= rg[1] {
			return true
		}
	}
	return len(c.tables) > 0 && unicode.In(r, c.tables...)
}

// assigned reports whether r is a character, or is in a category with a table.
func assigned(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.C)
}

// posixClass is a named class.
type posixClass struct {
	name     string
	ranges   [][2]rune
	tables   []*unicode.RangeTable
	excluded []*unicode.RangeTable
}

var posixClasses = []posixClass{
	{name: "[:alnum:]", tables: []*unicode.RangeTable{unicode.L, unicode.Nl, unicode.Nd}},
	{name: "[:alpha:]", tables: []*unicode.RangeTable{unicode.L, unicode.Nl}},
	{name: "[:ascii:]", ranges: [][2]rune{{0, 0x7f}}},
	{name: "[:blank:]", ranges: [][2]rune{{'\t', '\t'}}, tables: []*unicode.RangeTable{unicode.Zs}},
	{name: "[:cntrl:]", tables: []*unicode.RangeTable{unicode.Cc}},
	{name: "[:digit:]", tables: []*unicode.RangeTable{unicode.Nd}},
	{name: "[:graph:]", excluded: []*unicode.RangeTable{unicode.Z, unicode.C}},
	{name: "[:lower:]", tables: []*unicode.RangeTable{unicode.Ll}},
	{name: "[:print:]", excluded: []*unicode.RangeTable{unicode.C}},
	{name: "[:punct:]", tables: []*unicode.RangeTable{unicode.P}},
	{name: "[:space:]", ranges: [][2]rune{{'\t', '\r'}}, tables: []*unicode.RangeTable{unicode.Z}},
	{name: "[:upper:]", tables: []*unicode.RangeTable{unicode.Lu}},
	{name: "[:word:]", tables: []*unicode.RangeTable{unicode.L, unicode.Nl, unicode.Nd, unicode.Pc}},
	{name: "[:xdigit:]", ranges: [][2]rune{{'A', 'F'}, {'a', 'f'}, {'0', '9'}}},
}

// class compiles the bracket expression that in begins with and returns its
// length, 0 if it is not closed. One that has no members fails, and takes what
// follows with it.
func (c *compiler) class(in []rune) (it item, length int) {
	cl := new(class)
	count := 0 // of members
	i := 1
	if i < len(in) && (in[i] == '!' || in[i] == '^') {
		cl.negate = true
		i++
	}
	add := func(lo, hi rune) {
		cl.ranges = append(cl.ranges, [2]rune{lo, hi})
		count++
	}
	rangeStart := rune(-1)
	for first := true; ; first = false {
		if i >= len(in) {
			return item{}, 0
		}
		r := in[i]
		if r == ']' && !first {
			break
		}
		if named := namedClass(in[i:]); named != nil {
			if rangeStart >= 0 {
				c.magic = true
				return item{op: opFail}, len(in)
			}
			i += len(named.name)
			c.wide = c.wide || named.name != "[:ascii:]" && named.name != "[:xdigit:]"
			cl.ranges = append(cl.ranges, named.ranges...)
			cl.tables = append(cl.tables, named.tables...)
			cl.excluded = append(cl.excluded, named.excluded...)
			count += 2
			continue
		}
		i++
		switch {
		case rangeStart >= 0:
			if r >= rangeStart {
				add(rangeStart, r)
				if r > rangeStart {
					count++
				}
			}
			rangeStart = -1
		case i+1 < len(in) && in[i] == '-' && in[i+1] == ']':
			add(r, r)
			add('-', '-')
			i++
		case i < len(in) && in[i] == '-':
			rangeStart = r
			i++
		default:
			add(r, r)
		}
	}
	i++
	switch {
	case count == 0:
		c.magic = true
		return item{op: opFail}, len(in)
	case count == 1 && !cl.negate:
		return item{op: opChar, char: cl.ranges[0][0]}, i
	}
	c.magic = true
	return item{op: opClass, class: cl}, i
}

// namedClass returns the named class that in begins with.
func namedClass(in []rune) *posixClass {
	if in[0] != '[' {
		return nil
	}
	for i := range posixClasses {
		if p := &posixClasses[i]; len(in) >= len(p.name) && string(in[:len(p.name)]) == p.name {
			return p
		}
	}
	return nil
}
