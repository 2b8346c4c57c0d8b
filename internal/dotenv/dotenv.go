// Package dotenv reads .env files as Node does
// (https://nodejs.org/docs/latest-v24.x/api/environment_variables.html#env-files).
package dotenv

import "strings"

// Parse reads the text of a .env file: names and values, in order.
func Parse(s string) [][2]string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var out [][2]string
	for s != "" {
		s = strings.TrimLeft(s, " \t\n\r")
		if strings.HasPrefix(s, "#") {
			_, s, _ = strings.Cut(s, "\n")
			continue
		}
		equals, newline := strings.IndexByte(s, '='), strings.IndexByte(s, '\n')
		if equals < 0 || newline >= 0 && newline < equals {
			if newline < 0 {
				break
			}
			s = s[newline+1:] // a line without a value
			continue
		}
		name := strings.TrimSpace(s[:equals])
		if rest, ok := strings.CutPrefix(name, "export "); ok {
			name = strings.TrimSpace(rest)
		}
		if name == "" {
			break
		}
		var value string
		value, s = envValue(s[equals+1:])
		out = append(out, [2]string{name, value})
	}
	return out
}

// envValue reads a value, quoted or up to the end of the line or a comment.
func envValue(s string) (value, rest string) {
	if line := strings.TrimLeft(s, " \t"); line != "" && line[0] != '\n' {
		s = line
	}
	if s == "" || s[0] == '\n' {
		_, rest, _ = strings.Cut(s, "\n")
		return "", rest
	}
	if q := s[0]; q == '"' || q == '\'' || q == '`' {
		if end := strings.IndexByte(s[1:], q); end >= 0 {
			value = s[1 : end+1]
			if q == '"' {
				value = strings.ReplaceAll(value, `\n`, "\n")
			}
			_, rest, _ = strings.Cut(s[end+2:], "\n")
			return value, rest
		}
	}
	line, rest, _ := strings.Cut(s, "\n")
	line, _, _ = strings.Cut(line, "#")
	return strings.TrimSpace(line), rest
}
