// Package histogram counts values in buckets of a fixed relative precision
// (http://hdrhistogram.org): what node:perf_hooks calls a Histogram.
//
// A Histogram may be used by any number of goroutines.
package histogram

import (
	"math"
	"math/bits"
	"sync"
)

// Histogram counts values between 1 and its highest one.
type Histogram struct {
	mu sync.Mutex // guards all below

	highest    int64
	unit       uint // log2 of the lowest value's power of two
	halfMag    uint // log2 of half the sub-buckets of a bucket
	half, mask int64

	counts   []int64 // grown as needed
	total    int64
	exceeds  int64
	min, max int64
	last     int64 // of RecordDelta
}

// New makes a histogram of values from lowest to highest, kept to figures
// significant decimal digits (1 to 5).
func New(lowest, highest int64, figures int) *Histogram {
	single := 2 * math.Pow10(figures)
	mag := uint(math.Ceil(math.Log2(single)))
	h := &Histogram{highest: highest, unit: uint(bits.Len64(uint64(lowest)) - 1), halfMag: max(mag, 1) - 1}
	sub := int64(1) << (h.halfMag + 1)
	h.half = sub / 2
	h.mask = (sub - 1) << h.unit
	h.clear()
	return h
}

func (h *Histogram) clear() {
	h.counts, h.total, h.exceeds, h.min, h.max, h.last = nil, 0, 0, math.MaxInt64, 0, 0
}

// Reset forgets all values.
func (h *Histogram) Reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clear()
}

func (h *Histogram) bucket(v int64) uint {
	return uint(64-bits.LeadingZeros64(uint64(v|h.mask))) - h.unit - (h.halfMag + 1)
}

func (h *Histogram) index(v int64) int {
	b := h.bucket(v)
	sub := v >> (b + h.unit)
	return int(int64(b+1)<<h.halfMag + sub - h.half)
}

func (h *Histogram) valueAt(i int) int64 {
	b := i>>h.halfMag - 1
	sub := int64(i)&(h.half-1) + h.half
	if b < 0 {
		sub -= h.half
		b = 0
	}
	return sub << (uint(b) + h.unit)
}

// extent returns the lowest value counted with v, and how many are.
func (h *Histogram) extent(v int64) (low, size int64) {
	b := h.bucket(v)
	sub := v >> (b + h.unit)
	low = sub << (b + h.unit)
	if sub >= h.half*2 {
		b++
	}
	return low, int64(1) << (b + h.unit)
}

func (h *Histogram) highestWith(v int64) int64 {
	low, size := h.extent(v)
	return low + size - 1
}

func (h *Histogram) median(v int64) float64 {
	low, size := h.extent(v)
	return float64(low + size>>1)
}

// Record counts a value; one that is too high is counted in Exceeds only.
func (h *Histogram) Record(v int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.record(v, 1)
}

func (h *Histogram) record(v, n int64) {
	if v < 0 || v > h.highest {
		h.exceeds += n
		return
	}
	i := h.index(v)
	if i >= len(h.counts) {
		h.counts = append(h.counts, make([]int64, i+1-len(h.counts))...)
	}
	h.counts[i] += n
	h.total += n
	if v != 0 {
		h.min = min(h.min, v)
	}
	h.max = max(h.max, v)
}

// RecordDelta counts the time since the call before it; now is in nanoseconds.
func (h *Histogram) RecordDelta(now int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.last > 0 && now > h.last {
		h.record(now-h.last, 1)
	}
	h.last = now
}

// Restart makes the next RecordDelta the first.
func (h *Histogram) Restart() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last = 0
}

// Add counts all values of another histogram.
func (h *Histogram) Add(o *Histogram) {
	o.mu.Lock()
	counts := append([]int64(nil), o.counts...)
	values := make([]int64, len(counts))
	for i := range counts {
		values[i] = o.valueAt(i)
	}
	exceeds, lowest, highest := o.exceeds, o.min, o.max
	o.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, n := range counts {
		if n > 0 {
			h.record(values[i], n)
		}
	}
	h.exceeds += exceeds
	if h.total > 0 {
		h.min, h.max = min(h.min, lowest), max(h.max, highest)
	}
}

// Count is the number of values, Exceeds that of those that were too high.
func (h *Histogram) Count() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.total
}

// Exceeds is the number of values above the highest one.
func (h *Histogram) Exceeds() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.exceeds
}

// Min is the lowest value, the largest int64 where there is none.
func (h *Histogram) Min() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.counts) > 0 && h.counts[0] > 0 {
		return 0
	}
	if h.min == math.MaxInt64 {
		return h.min
	}
	low, _ := h.extent(h.min)
	return low
}

// Max is the highest value, 0 where there is none.
func (h *Histogram) Max() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.max == 0 {
		return 0
	}
	return h.highestWith(h.max)
}

// Mean is NaN where there are no values.
func (h *Histogram) Mean() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.mean()
}

func (h *Histogram) mean() float64 {
	sum := 0.0
	for i, n := range h.counts {
		if n > 0 {
			sum += float64(n) * h.median(h.valueAt(i))
		}
	}
	return sum / float64(h.total)
}

// Stddev is the standard deviation, NaN where there are no values.
func (h *Histogram) Stddev() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	mean, sum := h.mean(), 0.0
	for i, n := range h.counts {
		if n > 0 {
			d := h.median(h.valueAt(i)) - mean
			sum += d * d * float64(n)
		}
	}
	return math.Sqrt(sum / float64(h.total))
}

// Percentile returns the value below which p percent of all lie.
func (h *Histogram) Percentile(p float64) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	want := max(int64(min(p, 100)/100*float64(h.total)+0.5), 1)
	sum := int64(0)
	for i, n := range h.counts {
		if sum += n; sum >= want {
			return h.highestWith(h.valueAt(i))
		}
	}
	return 0
}

// Percentiles calls f with percentiles that halve the distance to 100, and their
// values.
func (h *Histogram) Percentiles(f func(percentile float64, value int64)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	sum, next, value := int64(0), 0.0, int64(0)
	for i := 0; i < len(h.counts) && sum < h.total; i++ {
		n := h.counts[i]
		if n == 0 {
			continue
		}
		sum += n
		value = h.valueAt(i)
		current := 100 * float64(sum) / float64(h.total)
		for next <= current && (sum < h.total || next < 100) {
			f(next, value)
			half := math.Pow(2, float64(int64(math.Log(100/(100-next))/math.Ln2)+1))
			next += 100 / half
			if sum == h.total {
				break
			}
		}
	}
	f(100, value)
}
