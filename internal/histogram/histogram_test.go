package histogram

import (
	"fmt"
	"math"
	"testing"
)

func percentiles(h *Histogram) string {
	out := ""
	h.Percentiles(func(p float64, v int64) { out += fmt.Sprintf("%v:%d ", p, v) })
	return out
}

func TestFew(t *testing.T) {
	h := New(1, 1<<53-1, 3)
	if h.Min() != math.MaxInt64 || h.Max() != 0 || !math.IsNaN(h.Mean()) || percentiles(h) != "100:0 " {
		t.Fatal("empty:", h.Min(), h.Max(), h.Mean(), percentiles(h))
	}
	h.Record(5)
	h.Record(10)
	if h.Min() != 5 || h.Max() != 10 || h.Mean() != 7.5 || h.Stddev() != 2.5 || h.Count() != 2 {
		t.Fatal(h.Min(), h.Max(), h.Mean(), h.Stddev())
	}
	if got := percentiles(h); got != "0:5 50:5 75:10 100:10 " {
		t.Fatal(got)
	}
	if h.Percentile(50) != 5 || h.Percentile(99) != 10 {
		t.Fatal(h.Percentile(50), h.Percentile(99))
	}
	g := New(1, 1<<53-1, 3)
	g.Record(100)
	g.Add(h)
	if g.Count() != 3 || g.Min() != 5 || g.Max() != 100 {
		t.Fatal(g.Count(), g.Min(), g.Max())
	}
	g.Reset()
	if g.Count() != 0 || percentiles(g) != "100:0 " {
		t.Fatal("reset")
	}
}

func TestPrecision(t *testing.T) {
	for _, figures := range []int{1, 2, 3, 4, 5} {
		h := New(1, 1<<53-1, figures)
		for _, v := range []int64{1, 9, 1000, 123456, 987654321, 1 << 50} {
			h.Reset()
			h.Record(v)
			off := math.Abs(float64(h.Max()-v)) / float64(v)
			if off > math.Pow10(-figures) {
				t.Errorf("%d figures: %d is kept as %d", figures, v, h.Max())
			}
		}
	}
	h := New(1, 100, 2)
	h.Record(1000)
	if h.Exceeds() != 1 || h.Count() != 0 {
		t.Error("exceeds:", h.Exceeds(), h.Count())
	}
	h.RecordDelta(10)
	h.RecordDelta(60)
	if h.Count() != 1 || h.Max() != 50 {
		t.Error("delta:", h.Count(), h.Max())
	}
}
