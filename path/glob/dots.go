package glob

import "slices"

// resolvePattern resolves the "." and ".." of patterns. What precedes a ".."
// may be a "**", which stands for nothing or something: such a pattern becomes
// two.
func resolvePattern(all [][]string) [][]string {
	for changed := true; changed; {
		changed = false
		for i := 0; i < len(all); i++ {
			parts, other := splitGlobstar(all[i])
			all = append(all, other...)
			parts, emptied := dropEmpty(parts)
			parts, climbed := climb(parts, true)
			changed = changed || len(other) > 0 || emptied || climbed
			all[i] = parts
		}
	}
	return all
}

// resolvePath resolves the "." and ".." of a path as far as it goes.
func resolvePath(parts []string) []string {
	if !slices.ContainsFunc(parts, func(s string) bool { return s == "." || s == ".." || s == "" }) {
		return parts
	}
	parts = slices.Clone(parts)
	for changed := true; changed; {
		var emptied, climbed bool
		parts, emptied = dropEmpty(parts)
		parts, climbed = climb(parts, false)
		changed = emptied || climbed
	}
	if len(parts) == 0 {
		return []string{""}
	}
	return parts
}

// splitGlobstar makes one "**" of several, and of "**/../a/b" both "../a/b" and
// "**/a/b".
func splitGlobstar(parts []string) (kept []string, other [][]string) {
	for i := 0; i < len(parts); i++ {
		if parts[i] != "**" {
			continue
		}
		end := i + 1
		for end < len(parts) && parts[end] == "**" {
			end++
		}
		parts = slices.Delete(parts, i+1, end)
		if i+3 >= len(parts) || parts[i+1] != ".." || isDots(parts[i+2]) || isDots(parts[i+3]) {
			continue
		}
		parts = slices.Delete(parts, i, i+1)
		twin := slices.Clone(parts)
		twin[i] = "**"
		other = append(other, twin)
		i--
	}
	return parts, other
}

func isDots(s string) bool { return s == "" || s == "." || s == ".." }

// dropEmpty removes "." and empty segments that are not at an end; the second
// of a share stays.
func dropEmpty(parts []string) (kept []string, changed bool) {
	for i := 1; i < len(parts)-1; i++ {
		if i == 1 && parts[0] == "" && parts[1] == "" {
			continue
		}
		if parts[i] == "." || parts[i] == "" {
			parts = slices.Delete(parts, i, i+1)
			changed = true
			i--
		}
	}
	if len(parts) == 2 && parts[0] == "." && (parts[1] == "." || parts[1] == "") {
		return parts[:1], true
	}
	return parts, changed
}

// climb removes each ".." with the name before it. In a pattern, "**" does not
// follow at the beginning: a "." stays before it, and one segment at least is
// left.
func climb(parts []string, pattern bool) (kept []string, changed bool) {
	for i := 1; i < len(parts); i++ {
		if parts[i] != ".." || isDots(parts[i-1]) || parts[i-1] == "**" {
			continue
		}
		changed = true
		var dot []string
		if pattern && i == 1 && len(parts) > 2 && parts[2] == "**" {
			dot = []string{"."}
		}
		parts = slices.Replace(parts, i-1, i+1, dot...)
		if pattern && len(parts) == 0 {
			parts = []string{""}
		}
		i = max(i-2, 0)
	}
	return parts, changed
}
