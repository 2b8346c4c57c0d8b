package compat

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// tester runs cases with one program.
type tester struct {
	program program
	repeat  int // runs of each case; all must agree
}

// observe runs c once and returns what it did as an expectation.
func (t tester) observe(ctx context.Context, c testCase) (expectation, result) {
	out, err := run(ctx, command{
		Path: t.program.Path, Args: c.Args, Dir: c.Dir, Env: environment(), Stdin: c.Stdin, Timeout: c.Timeout,
	})
	seen := expectation{
		Reference: t.program.Version,
		Exit:      out.Exit,
		Signal:    out.Signal,
		Stdout:    normalise(out.Stdout, t.program.Path, c.Dir, c.Engine),
		Stderr:    normalise(out.Stderr, t.program.Path, c.Dir, c.Engine),
	}
	switch {
	case err != nil:
		return seen, result{Status: fail, Detail: err.Error()}
	case out.TimedOut:
		return seen, result{Status: timeout, Detail: fmt.Sprintf("still running after %v\n%s", c.Timeout, printed(seen))}
	}
	return seen, result{Status: pass}
}

// printed is the output of a run whose expectation is beside the point.
func printed(e expectation) string {
	return strings.TrimSuffix("stdout:\n"+e.Stdout+"stderr:\n"+e.Stderr, "\n")
}

// recorded compares c with its expectation file.
func (t tester) recorded(ctx context.Context, c testCase) result {
	want, err := readExpectation(c.expectFile())
	if errors.Is(err, fs.ErrNotExist) {
		return result{Status: missing, Detail: "no expectation: write it with --record --against PROGRAM"}
	}
	if err != nil {
		return result{Status: fail, Detail: err.Error()}
	}
	return t.against(ctx, c, want)
}

// live compares c with a run of the reference, just now.
func (t tester) live(ctx context.Context, c testCase, reference tester) result {
	want, r := reference.observe(ctx, c)
	if r.Status != pass {
		r.Detail = "the reference itself: " + r.Detail
		return r
	}
	return t.against(ctx, c, want)
}

func (t tester) against(ctx context.Context, c testCase, want expectation) result {
	for range t.repeat {
		got, r := t.observe(ctx, c)
		if r.Status != pass {
			return r
		}
		if detail := difference(want, got); detail != "" {
			s := fail
			if got.Signal != "" && got.Signal != want.Signal {
				s = crash
			}
			return result{Status: s, Detail: detail}
		}
	}
	return result{Status: pass}
}

// difference explains how got differs from want, "" when it does not. Who the
// reference was is no difference.
func difference(want, got expectation) string {
	var parts []string
	if want.Exit != got.Exit || want.Signal != got.Signal {
		parts = append(parts, fmt.Sprintf("exit code %s, expected %s", ending(got), ending(want)))
	}
	if want.Stdout != got.Stdout {
		parts = append(parts, "stdout:\n"+lineDiff(want.Stdout, got.Stdout))
	}
	if want.Stderr != got.Stderr {
		parts = append(parts, "stderr:\n"+lineDiff(want.Stderr, got.Stderr))
	}
	return strings.Join(parts, "\n")
}

func ending(e expectation) string {
	if e.Signal != "" {
		return "signal " + e.Signal
	}
	return fmt.Sprint(e.Exit)
}
