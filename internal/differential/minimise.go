package main

import "slices"

// maxTries bounds the work on one difference.
const maxTries = 600

// minimise returns a case that is as short as leaving out can make it while it
// still differs.
func minimise(c *testCase, differs func(*testCase) bool) *testCase {
	tries := 0
	try := func(n *testCase) bool {
		if tries++; tries > maxTries {
			return false
		}
		return differs(n)
	}
	best := c
	for i := 0; i < len(best.cuts); {
		n := &testCase{best.config, slices.Delete(slices.Clone(best.cuts), i, i+1), best.input}
		if try(n) {
			best = n
		} else {
			i++
		}
	}
	for size := (len(best.input) + 1) / 2; size > 0; size /= 2 {
		for again := true; again; {
			again = false
			for at := 0; at < len(best.input); {
				to := min(at+size, len(best.input))
				if n := without(best, at, to); try(n) {
					best = n
					again = size == 1
				} else {
					at = to
				}
			}
		}
	}
	return best
}

// without returns the case without the bytes from at to to; its cuts stay where
// they are in what is left.
func without(c *testCase, at, to int) *testCase {
	n := &testCase{config: c.config, input: slices.Concat(c.input[:at], c.input[to:])}
	for _, cut := range c.cuts {
		switch {
		case cut > to:
			cut -= to - at
		case cut > at:
			cut = at
		}
		n.cuts = append(n.cuts, cut)
	}
	return n
}
