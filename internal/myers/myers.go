// Package myers finds a shortest edit between two sequences by Eugene Myers's
// greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986).
// Where several edits are shortest it finds the one that Node's util.diff and
// assert print: what is only in the first sequence comes first.
package myers

// Op says where an element of an edit is found.
type Op int

// The values are those of util.diff.
const (
	Second Op = -1 // in the second sequence only
	Both   Op = 0
	First  Op = 1 // in the first sequence only
)

// Edit is one element of the edit: X and Y are its indices in the sequences,
// -1 where it is not in one.
type Edit struct {
	Op   Op
	X, Y int
}

// Diff returns the edit from a sequence of n elements to one of m; equal
// compares element x of the first with element y of the second. It takes
// O((n+m)·d) time and O(d²) memory for an edit of d changes.
func Diff(n, m int, equal func(x, y int) bool) []Edit {
	// best[k] is how far along the first sequence the paths on diagonal k
	// have come; diagonals range from -d to d.
	limit := n + m
	best := make([]int, 2*limit+3)
	at := func(k int) *int { return &best[k+limit+1] }
	var trace [][]int // best[-d..d] before step d
	for d := 0; d <= limit; d++ {
		trace = append(trace, append([]int(nil), best[limit-d:limit+d+3]...))
		for k := -d; k <= d; k += 2 {
			x := 0
			if k == -d || k != d && *at(k - 1) < *at(k + 1) {
				x = *at(k + 1)
			} else {
				x = *at(k - 1) + 1
			}
			y := x - k
			for x < n && y < m && equal(x, y) {
				x, y = x+1, y+1
			}
			*at(k) = x
			if x >= n && y >= m {
				return back(trace, n, m)
			}
		}
	}
	return nil
}

// back follows the path that was found from its end.
func back(trace [][]int, x, y int) []Edit {
	var out []Edit
	for d := len(trace) - 1; d >= 0; d-- {
		v := func(k int) int { return trace[d][k+d+1] }
		k := x - y
		prev := k - 1
		if k == -d || k != d && v(k-1) < v(k+1) {
			prev = k + 1
		}
		px := v(prev)
		py := px - prev
		for x > px && y > py {
			x, y = x-1, y-1
			out = append(out, Edit{Both, x, y})
		}
		if d == 0 {
			break
		}
		if x > px {
			x--
			out = append(out, Edit{First, x, -1})
		} else {
			y--
			out = append(out, Edit{Second, -1, y})
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
