package compat

import (
	"strings"
	"testing"
)

func TestExpectationRoundTrip(t *testing.T) {
	tests := map[string]expectation{
		"empty":      {Reference: "node v1"},
		"both":       {Reference: "node v1", Exit: 7, Stdout: "a\nb\n", Stderr: "c\n"},
		"no newline": {Reference: "node v1", Stdout: "a", Stderr: "b\n\n"},
		"only lf":    {Reference: "node v1", Stdout: "\n\n"},
		"signal":     {Reference: "node v1", Exit: -1, Signal: "killed", Stderr: "x"},
		"like value": {Reference: "node v1", Stdout: "exit: 3\nreference: x\n"},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			text := want.String()
			if !strings.HasPrefix(text, "reference: node v1\n") {
				t.Errorf("the reference is not in the first line:\n%s", text)
			}
			got, err := parseExpectation(text)
			if err != nil || got != want {
				t.Errorf("got %#v, %v\nwant %#v from\n%s", got, err, want, text)
			}
		})
	}
}

func TestExpectationErrors(t *testing.T) {
	for _, text := range []string{"", "exit: 0\n", "reference: x\nexit: y\n", "reference: x\nwhat\n", "reference: x\ncolour: red\n"} {
		if e, err := parseExpectation(text); err == nil {
			t.Errorf("%q was read as %#v", text, e)
		}
	}
}
