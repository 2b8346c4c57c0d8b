package lang

import (
	"math"
	"strings"
	"unicode/utf16"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

// specialRegExp matches patterns whose results goja cannot give: with the flag
// d they have the indices of captures, and groups may share a name.
type specialRegExp struct {
	vm      *goja.Runtime
	names   []string // by group, "" for groups without a name
	re      *regexp2.Regexp
	unicode bool
	global  bool
	sticky  bool
	indices bool
}

// newSpecial compiles the pattern, which has numbered groups only.
func newSpecial(vm *goja.Runtime, p *rxPattern, r rewritten) (*specialRegExp, error) {
	var opts regexp2.RegexOptions = regexp2.ECMAScript
	for flag, opt := range map[string]regexp2.RegexOptions{
		"i": regexp2.IgnoreCase, "m": regexp2.Multiline, "s": regexp2.Singleline, "u": regexp2.Unicode,
	} {
		if strings.Contains(r.flags, flag) {
			opts |= opt
		}
	}
	re, err := regexp2.Compile(r.pattern, opts)
	if err != nil {
		return nil, err
	}
	return &specialRegExp{
		vm: vm, names: p.names, re: re,
		unicode: strings.Contains(r.flags, "u"),
		global:  strings.Contains(p.flags, "g"),
		sticky:  strings.Contains(p.flags, "y"),
		indices: strings.Contains(p.flags, "d"),
	}, nil
}

// exec is RegExpBuiltinExec (ECMA-262 22.2.7.2).
func (x *specialRegExp) exec(o *goja.Object, s goja.String) goja.Value {
	last := 0
	moves := x.global || x.sticky
	setLast := func(n int) {
		if moves {
			rethrow(o.Set("lastIndex", n))
		}
	}
	if v := o.Get("lastIndex"); moves {
		last = int(math.Max(0, math.Min(v.ToFloat(), 1<<53)))
	}
	if last > s.Length() {
		setLast(0)
		return goja.Null()
	}
	runes, at := x.runes(s)
	start := 0
	for start < len(runes) && at(start) < last {
		start++
	}
	m, err := x.re.FindRunesMatchStartingAt(runes, start)
	if err != nil || m == nil || x.sticky && m.RuneIndex != start {
		setLast(0)
		return goja.Null()
	}
	groups := m.Groups()
	setLast(at(m.RuneIndex + m.RuneLength))
	return x.result(s, groups, at)
}

// runes returns the characters of s as the pattern sees them, and what converts
// their index into one of s.
func (x *specialRegExp) runes(s goja.String) ([]rune, func(int) int) {
	u := units(s)
	if !x.unicode {
		runes := make([]rune, len(u))
		for i, c := range u {
			runes[i] = rune(c)
		}
		return runes, func(i int) int { return i }
	}
	runes := make([]rune, 0, len(u))
	pos := make([]int, 0, len(u)+1)
	for i := 0; i < len(u); i++ {
		pos = append(pos, i)
		c := rune(u[i])
		if i+1 < len(u) && utf16.IsSurrogate(c) {
			if full := utf16.DecodeRune(c, rune(u[i+1])); full != 0xfffd {
				c = full
				i++
			}
		}
		runes = append(runes, c)
	}
	pos = append(pos, len(u))
	return runes, func(i int) int { return pos[i] }
}

func (x *specialRegExp) result(s goja.String, groups []regexp2.Group, at func(int) int) goja.Value {
	vm := x.vm
	captures := make([]any, len(x.names))
	pairs := make([]any, len(x.names))
	for i := range x.names {
		captures[i], pairs[i] = goja.Undefined(), goja.Undefined()
		if i < len(groups) && len(groups[i].Captures) > 0 {
			from, to := at(groups[i].RuneIndex), at(groups[i].RuneIndex+groups[i].RuneLength)
			captures[i] = s.Substring(from, to)
			pairs[i] = vm.NewArray(from, to)
		}
	}
	named := func(values []any) goja.Value {
		var o *goja.Object
		for i, name := range x.names {
			if name == "" {
				continue
			}
			if o == nil {
				o = vm.CreateObject(nil)
			}
			v := values[i].(goja.Value)
			if was := o.Get(name); was == nil || goja.IsUndefined(was) {
				_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
		}
		if o == nil {
			return goja.Undefined()
		}
		return o
	}
	out := vm.NewArray(captures...)
	_ = out.Set("index", at(groups[0].RuneIndex))
	_ = out.Set("input", s)
	_ = out.Set("groups", named(captures))
	if x.indices {
		indices := vm.NewArray(pairs...)
		_ = indices.Set("groups", named(pairs))
		_ = out.Set("indices", indices)
	}
	return out
}
