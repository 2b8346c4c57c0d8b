package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// notInEnvironment are the options that NODE_OPTIONS may not have.
var notInEnvironment = []string{
	"-", "--", "-c", "--check", "-e", "--eval", "-h", "--help", "-i", "--interactive", "-p", "-pe", "--print",
	"-v", "--version", "--test", "--build-sea", "--completion-bash", "--expose-internals", "--prof-process",
	"--v8-options", "--run", "--watch-path", "--workers", "--env-file", "--env-file-if-exists",
}

// addEnvironment puts the options of NODE_OPTIONS before those of the command
// line (https://nodejs.org/docs/latest-v24.x/api/cli.html#node_optionsoptions).
func (o *options) addEnvironment(text string) error {
	words, err := splitOptions(text)
	if err != nil {
		return err
	}
	for i := 0; i < len(words); i++ {
		name := optionName(words[i])
		if slices.Contains(notInEnvironment, name) || !strings.HasPrefix(name, "-") && (i == 0 || !takesValue(words[i-1])) {
			return fmt.Errorf("%s is not allowed in NODE_OPTIONS", words[i])
		}
	}
	env, err := parseArgs(words)
	if err != nil {
		if bad, ok := strings.CutPrefix(err.Error(), "bad option: "); ok {
			return fmt.Errorf("%s is not allowed in NODE_OPTIONS", bad)
		}
		return err
	}
	o.require = append(env.require, o.require...)
	o.imports = append(env.imports, o.imports...)
	o.limits = o.limits.or(env.limits)
	if o.drain == defaultDrain {
		o.drain = env.drain
	}
	o.flags = append(env.flags, o.flags...)
	o.watch = o.watch || env.watch
	return nil
}

// takesValue reports whether the word after an option is its value.
func takesValue(name string) bool {
	if long, ok := short[name]; ok {
		name = long
	}
	return !strings.Contains(name, "=") && (withValue()[optionName(name)] || ownOptions[optionName(name)])
}

// splitOptions splits at spaces outside of double quotes, in which a backslash
// escapes.
func splitOptions(text string) ([]string, error) {
	var words []string
	var word strings.Builder
	inWord, quoted := false, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && quoted:
			if i++; i == len(text) {
				return nil, errors.New("invalid value for NODE_OPTIONS (invalid escape)")
			}
			word.WriteByte(text[i])
		case c == '"':
			quoted, inWord = !quoted, true
		case c == ' ' && !quoted:
			if inWord {
				words = append(words, word.String())
				word.Reset()
			}
			inWord = false
		default:
			word.WriteByte(c)
			inWord = true
		}
	}
	if quoted {
		return nil, errors.New("invalid value for NODE_OPTIONS (unterminated string)")
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}

// exclusive are options of which only one can be given.
var exclusive = [][2]string{{"--tls-min-v1.3", "--tls-max-v1.2"}, {"--use-openssl-ca", "--use-bundled-ca"}}

// conflict refuses options that contradict each other.
func (o *options) conflict() error {
	for _, pair := range exclusive {
		if slices.Contains(o.flags, pair[0]) && slices.Contains(o.flags, pair[1]) {
			return fmt.Errorf("either %s or %s can be used, not both", pair[0], pair[1])
		}
	}
	return nil
}
