package compat

import (
	"context"
	"os"
)

// record writes c's expectation file from what the reference prints. It refuses
// when the reference prints different things in t.repeat runs.
func (t tester) record(ctx context.Context, c testCase) result {
	seen, r := t.observe(ctx, c)
	if r.Status != pass {
		return r
	}
	for range t.repeat - 1 {
		again, r := t.observe(ctx, c)
		if r.Status != pass {
			return r
		}
		if detail := difference(seen, again); detail != "" {
			return result{Status: fail, Detail: "not recorded: the reference does not print the same each time\n" + detail}
		}
	}
	file := c.expectFile()
	if old, err := readExpectation(file); err == nil && old == seen {
		return result{Status: pass}
	}
	if err := os.WriteFile(file, []byte(seen.String()), 0o644); err != nil {
		return result{Status: fail, Detail: err.Error()}
	}
	return result{Status: pass, Detail: "recorded"}
}
