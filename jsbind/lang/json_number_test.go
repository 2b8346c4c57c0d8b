package lang

import (
	"math/rand"
	"strconv"
	"testing"
)

// TestShortDecimal compares the short way of reading a fraction with strconv.
func TestShortDecimal(t *testing.T) {
	check := func(text string) {
		want, _ := strconv.ParseFloat(text, 64)
		if got, ok := shortDecimal(text); ok && got != want || !ok && len(text) <= 16 {
			t.Fatalf("%s: %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"0.1", "-0.1", "0.30000000000000", "123456789.123456", "99999999999999.9", "-9999999999999.9", "0.00000000000001", "1.10", "-0.0", "5.0"} {
		check(text)
	}
	random := rand.New(rand.NewSource(1))
	for range 200000 {
		before, after := random.Intn(8), 1+random.Intn(7)
		text := strconv.Itoa(random.Intn(pow10(before)+1)) + "." + strconv.Itoa(pow10(after) + random.Intn(pow10(after)))[1:]
		if random.Intn(2) == 0 {
			text = "-" + text
		}
		check(text)
	}
	for _, text := range []string{"1e5", "1.5e3", "12345678901234.567"} {
		if _, ok := shortDecimal(text); ok {
			t.Errorf("%s is taken", text)
		}
	}
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}
