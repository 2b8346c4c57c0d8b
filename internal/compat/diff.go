package compat

import (
	"fmt"
	"strings"
)

const (
	// diffContext is how many equal lines are shown around a difference.
	diffContext = 2
	// diffLines bounds the lines that are compared in detail, as the comparison
	// takes their product in time and memory.
	diffLines = 2000
)

// lineDiff shows two texts line by line: "-" is expected and absent, "+" is
// printed and unexpected.
func lineDiff(want, got string) string {
	a, b := textLines(want), textLines(got)
	if len(a) > diffLines || len(b) > diffLines {
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				return fmt.Sprintf("  first difference in line %d\n- %s\n+ %s", i+1, a[i], b[i])
			}
		}
		return fmt.Sprintf("  %d lines, expected %d", len(b), len(a))
	}
	edits := diffEdits(a, b)
	near := make([]bool, len(edits))
	for i, e := range edits {
		if e[0] != ' ' {
			for j := max(0, i-diffContext); j <= min(len(edits)-1, i+diffContext); j++ {
				near[j] = true
			}
		}
	}
	var out []string
	for i, e := range edits {
		switch {
		case near[i]:
			out = append(out, e)
		case i > 0 && near[i-1]:
			out = append(out, "  …")
		}
	}
	return strings.Join(out, "\n")
}

func textLines(text string) []string {
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	if last := len(lines) - 1; lines[last] == "" {
		return lines[:last]
	}
	lines[len(lines)-1] += "⏎ missing"
	return lines
}

// diffEdits is the longest common subsequence of a and b, written as lines
// marked " ", "-" and "+".
func diffEdits(a, b []string) []string {
	// common[i][j] is the length of the subsequence of a[i:] and b[j:].
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []string
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, "  "+a[i])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			out = append(out, "- "+a[i])
			i++
		default:
			out = append(out, "+ "+b[j])
			j++
		}
	}
	return out
}
