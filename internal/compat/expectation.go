package compat

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// expectation is what a case must print and how it must end, normalised.
//
// Its file form is a few "name: value" lines, the reference's version first,
// and then each stream that is not empty under a line "-- stdout --". A stream
// that does not end in a newline says so in that line.
type expectation struct {
	Reference string // "node v24.12.0"
	Exit      int
	Signal    string
	Stdout    string
	Stderr    string
}

const noNewline = " (no newline at its end)"

// String returns the file form.
func (e expectation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "reference: %s\nexit: %d\n", e.Reference, e.Exit)
	if e.Signal != "" {
		fmt.Fprintf(&b, "signal: %s\n", e.Signal)
	}
	section := func(name, text string) {
		switch {
		case text == "":
		case strings.HasSuffix(text, "\n"):
			fmt.Fprintf(&b, "-- %s --\n%s", name, text)
		default:
			fmt.Fprintf(&b, "-- %s --%s\n%s\n", name, noNewline, text)
		}
	}
	section("stdout", e.Stdout)
	section("stderr", e.Stderr)
	return b.String()
}

// parseExpectation reads the file form.
func parseExpectation(text string) (expectation, error) {
	var e expectation
	var section *string // nil while in the header
	open := false       // the section has no newline at its end
	for number, line := range strings.SplitAfter(text, "\n") {
		bare := strings.TrimSuffix(line, "\n")
		name, chopped, isHead := sectionHead(bare)
		switch {
		case isHead:
			closeSection(section, open)
			open = chopped
			if section = &e.Stdout; name == "stderr" {
				section = &e.Stderr
			}
		case section != nil:
			*section += line
		case bare == "":
		default:
			key, value, ok := strings.Cut(bare, ": ")
			if !ok {
				return e, fmt.Errorf("line %d: neither a value nor a section: %q", number+1, bare)
			}
			if err := e.set(key, value); err != nil {
				return e, fmt.Errorf("line %d: %w", number+1, err)
			}
		}
	}
	closeSection(section, open)
	if e.Reference == "" {
		return e, fmt.Errorf("no reference named")
	}
	return e, nil
}

func sectionHead(line string) (name string, chopped, ok bool) {
	line, chopped = strings.CutSuffix(line, noNewline)
	switch line {
	case "-- stdout --":
		return "stdout", chopped, true
	case "-- stderr --":
		return "stderr", chopped, true
	}
	return "", false, false
}

func closeSection(section *string, open bool) {
	if section != nil && open {
		*section = strings.TrimSuffix(*section, "\n")
	}
}

func (e *expectation) set(key, value string) (err error) {
	switch key {
	case "reference":
		e.Reference = value
	case "exit":
		e.Exit, err = strconv.Atoi(value)
	case "signal":
		e.Signal = value
	default:
		err = fmt.Errorf("unknown value %q", key)
	}
	return err
}

func readExpectation(file string) (expectation, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return expectation{}, err
	}
	e, err := parseExpectation(string(text))
	if err != nil {
		return e, fmt.Errorf("%s: %w", file, err)
	}
	return e, nil
}
