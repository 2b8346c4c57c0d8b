package lang

import (
	"reflect"
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/unistring"
)

// Class fields named get, set and async, which goja's parser takes for accessors
// and methods where = or } follows. While it parses, names of the same length
// take their place.

var fieldNames = []struct{ name, placeholder string }{
	{"get", "g\u0167"}, {"set", "s\u0167"}, {"async", "asy\u0167"},
}

var fieldName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)(?:^|[;{}]|\bstatic[ \t])[ \t]*(get|set|async)[ \t]*(?:=[^=>]|\})`)
})

// hideFieldNames replaces the names in text; it reports whether there were any.
func hideFieldNames(src string) (string, bool) {
	if strings.Contains(src, "\u0167") {
		return src, false // the names could not be told from the text's own
	}
	found := fieldName().FindAllStringSubmatchIndex(src, -1)
	if found == nil {
		return src, false
	}
	text := []byte(src)
	for _, at := range found {
		for _, n := range fieldNames {
			if src[at[2]:at[3]] == n.name {
				copy(text[at[2]:], n.placeholder)
			}
		}
	}
	return string(text), true
}

var unistringType = reflect.TypeFor[unistring.String]()

// restoreFieldNames puts the names back, wherever the tree has them.
func restoreFieldNames(tree *ast.Program) {
	replace := make([]string, 0, 2*len(fieldNames))
	for _, n := range fieldNames {
		replace = append(replace, n.placeholder, n.name)
	}
	names := strings.NewReplacer(replace...)
	eachValue(tree, func(v reflect.Value) {
		switch {
		case !v.CanSet():
		case v.Type() == unistringType:
			s := unistring.String(v.String()).String()
			if strings.Contains(s, "\u0167") {
				v.Set(reflect.ValueOf(unistring.NewFromString(names.Replace(s))))
			}
		case v.Kind() == reflect.String && strings.Contains(v.String(), "\u0167"):
			v.SetString(names.Replace(v.String()))
		}
	})
}
