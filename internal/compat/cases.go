package compat

import (
	"context"
	"errors"
	"time"
)

// caseTimeout bounds one run of a case.
const caseTimeout = 60 * time.Second

// Case is one script with its recorded expectation, for use in Go tests.
type Case struct{ c testCase }

// Cases returns the cases at and below the given paths, sorted by name.
func Cases(paths ...string) ([]Case, error) {
	found, err := findCases(paths, caseTimeout)
	if err != nil {
		return nil, err
	}
	cases := make([]Case, len(found))
	for i, c := range found {
		cases[i] = Case{c}
	}
	return cases, nil
}

// Name is the path of the case's file, below the path that Cases was given.
func (c Case) Name() string { return c.c.Name }

// Check runs the case once with the executable at path, which must be absolute,
// and returns how it differs from what is recorded, nil when it does not.
func (c Case) Check(ctx context.Context, path string) error {
	t := tester{program: program{Path: path}, repeat: 1}
	if r := t.recorded(ctx, c.c); r.Status != pass {
		return errors.New(string(r.Status) + ": " + r.Detail)
	}
	return nil
}

// Expected reads a list of tests that are expected to fail, as
// `spindle compat --update-expected` writes it: name to how each fails.
func Expected(file string) (map[string]string, error) {
	list, err := readExpected(file)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(list))
	for name, s := range list {
		names[name] = string(s)
	}
	return names, nil
}
