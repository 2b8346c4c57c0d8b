package streammod

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/stream"
)

// ReadSize is the size that read(v) asks for: an integer counts as it is, all
// else is read as parseInt does, and what is no number asks for everything.
func ReadSize(v goja.Value) int {
	if goja.IsUndefined(v) {
		return stream.ReadAll
	}
	if n, ok := v.Export().(int64); ok {
		return size(n)
	}
	text := strings.TrimSpace(v.String())
	digits := strings.TrimLeft(text, "+-")
	if len(text)-len(digits) > 1 {
		return stream.ReadAll
	}
	end := 0
	for end < len(digits) && digits[end] >= '0' && digits[end] <= '9' {
		end++
	}
	if end == 0 {
		return stream.ReadAll
	}
	n, err := strconv.ParseInt(digits[:end], 10, 64)
	if err != nil {
		n = math.MaxInt64
	}
	if text[0] == '-' {
		n = -n
	}
	return size(n)
}

// size keeps a negative number from meaning everything.
func size(n int64) int {
	if n < 0 {
		return -2
	}
	return int(n)
}
