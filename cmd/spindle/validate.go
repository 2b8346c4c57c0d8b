package main

import (
	"errors"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// last returns the value of an option's last appearance.
func (o *options) last(name string) (value string, given bool) {
	for _, f := range slices.Backward(o.flags) {
		if v, ok := strings.CutPrefix(f, name+"="); ok {
			return v, true
		}
	}
	return "", false
}

// choices are the options that have one of a few values.
var choices = []struct {
	name, message string
	values        []string
}{
	{
		"--input-type", `--input-type must be "module","commonjs", "module-typescript" or "commonjs-typescript"`,
		[]string{"module", "commonjs", "module-typescript", "commonjs-typescript"},
	},
	{"--unhandled-rejections", "invalid value for --unhandled-rejections", []string{"none", "warn", "strict", "throw", "warn-with-error-codes"}},
	{"--test-isolation", "invalid value for --test-isolation", []string{"none", "process"}},
	{"--use-largepages", "invalid value for --use-largepages", []string{"off", "on", "silent"}},
}

// validate refuses options that do not go together, and values that they cannot
// have, as Node does.
func (o *options) validate() error {
	mode := func(on bool, name string) error {
		others := []struct {
			on   bool
			name string
		}{{o.check, "--check"}, {o.eval != nil, "--eval"}, {o.interactive, "--interactive"}}
		for _, other := range others {
			if on && other.on {
				return errors.New("either " + name + " or " + other.name + " can be used, not both")
			}
		}
		return nil
	}
	if o.check && o.eval != nil {
		return errors.New("either --check or --eval can be used, not both")
	}
	for _, c := range choices {
		if v, given := o.last(c.name); given && !slices.Contains(c.values, v) {
			return errors.New(c.message)
		}
	}
	if v, given := o.last("--secure-heap"); given {
		if n, err := strconv.ParseInt(v, 10, 64); err != nil || n != 0 && (n < 2 || bits.OnesCount64(uint64(n)) != 1) {
			return errors.New("--secure-heap must be a power of 2")
		}
	}
	for _, name := range []string{"--inspect-port", "--debug-port"} {
		if v, given := o.last(name); given {
			v = v[strings.LastIndexByte(v, ':')+1:]
			if n, err := strconv.Atoi(v); err == nil && (n < 0 || n > 0 && n < 1024 || n > 65535) {
				return errors.New("must be 0 or in range 1024 to 65535.")
			}
		}
	}
	if err := mode(o.test, "--test"); err != nil {
		return err
	}
	return mode(o.watch, "--watch")
}
