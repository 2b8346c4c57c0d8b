package nodeerr

import "strings"

var typeNames = map[string]bool{
	"string": true, "function": true, "number": true, "object": true, "Function": true,
	"Object": true, "boolean": true, "bigint": true, "symbol": true,
}

// Expected words a list of accepted types and classes as ERR_INVALID_ARG_TYPE
// does: "of type string or an instance of Buffer or URL". Lower-case names of
// types come first, then classes, then anything else.
func Expected(names ...string) string {
	var types, classes, others []string
	for _, n := range names {
		switch {
		case typeNames[n]:
			types = append(types, strings.ToLower(n))
		case isClassName(n):
			classes = append(classes, n)
		default:
			others = append(others, n)
		}
	}
	// Where classes are named as well, "object" reads "an instance of Object".
	if len(classes) > 0 {
		for i, t := range types {
			if t == "object" {
				types = append(types[:i], types[i+1:]...)
				classes = append(classes, "Object")
				break
			}
		}
	}
	var b strings.Builder
	if len(types) > 0 {
		if len(types) > 1 {
			b.WriteString("one ")
		}
		b.WriteString("of type " + alternatives(types))
		if len(classes) > 0 || len(others) > 0 {
			b.WriteString(" or ")
		}
	}
	if len(classes) > 0 {
		b.WriteString("an instance of " + alternatives(classes))
		if len(others) > 0 {
			b.WriteString(" or ")
		}
	}
	if len(others) > 0 {
		if len(others) > 1 {
			b.WriteString("one of ")
		} else if strings.ToLower(others[0]) != others[0] {
			b.WriteString("an ")
		}
		b.WriteString(alternatives(others))
	}
	return b.String()
}

func isClassName(n string) bool {
	return n != "" && n[0] >= 'A' && n[0] <= 'Z' && !strings.ContainsAny(n, " ")
}

// alternatives joins with "or", and with commas past two.
func alternatives(list []string) string {
	switch len(list) {
	case 1:
		return list[0]
	case 2:
		return list[0] + " or " + list[1]
	}
	return strings.Join(list[:len(list)-1], ", ") + ", or " + list[len(list)-1]
}
