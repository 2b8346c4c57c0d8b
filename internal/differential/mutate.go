package main

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
)

// maxInput bounds a case, so that a program reads it in one piece.
const maxInput = 40 << 10

// newSource returns the source of one worker's cases. Its random numbers depend
// on the seed and the worker alone.
func newSource(seed, worker uint64, response bool, corpus [][]byte, configs []string) *source {
	return &source{Rand: rand.New(rand.NewPCG(seed, worker)), corpus: corpus, response: response, configs: configs}
}

// next makes a case.
func (s *source) next() *testCase {
	c := &testCase{config: s.configs[s.IntN(len(s.configs))]}
	s.wild = 100
	if s.chance(3) {
		s.wild = 8
	}
	if s.chance(4) {
		c.input = bytes.Clone(s.corpus[s.IntN(len(s.corpus))])
	} else {
		c.input = s.message()
	}
	if s.chance(2) {
		for range 1 + s.IntN(3) {
			c.input = s.mutate(c.input)
		}
	}
	if len(c.input) > maxInput {
		c.input = c.input[:maxInput]
	}
	if strings.HasPrefix(c.config, "stream") && len(c.input) > 0 {
		for range s.IntN(6) {
			c.cuts = append(c.cuts, s.IntN(len(c.input)))
		}
		slices.Sort(c.cuts)
	}
	return c
}

// bytesOfInterest are those that some grammar treats apart.
const bytesOfInterest = "\r\n \t:;,=\"\\/?#@%+-_.()<>0159afAFzZ\x00\x01\x0b\x0c\x1f\x7f\x80\xc3\xff"

// mutate changes something.
func (s *source) mutate(in []byte) []byte {
	at := s.IntN(len(in) + 1)
	to := min(len(in), at+1+s.IntN(8))
	if s.chance(6) && at < len(in) {
		to = at + 1 + s.IntN(len(in)-at)
	}
	switch s.IntN(9) {
	case 0: // leave out
		return slices.Delete(in, at, to)
	case 1: // twice
		return slices.Insert(in, at, bytes.Clone(in[at:to])...)
	case 2, 3: // a byte more
		return slices.Insert(in, at, bytesOfInterest[s.IntN(len(bytesOfInterest))])
	case 4: // another byte
		if at < len(in) {
			in[at] = bytesOfInterest[s.IntN(len(bytesOfInterest))]
		}
		return in
	case 5: // a word more
		lists := []words{methods, targets, versions, names, values, connections, lengths, codings, ends, colons, reasons, codes, sizes, extension}
		list := lists[s.IntN(len(lists))]
		return slices.Insert(in, at, []byte(s.any(slices.Concat(list.good, list.odd)))...)
	case 6: // a header line more, behind another
		if i := bytes.Index(in[at:], []byte("\r\n")); i >= 0 {
			var b strings.Builder
			s.someLine(&b, "\r\n")
			return slices.Insert(in, at+i+2, []byte(b.String())...)
		}
		return in[:at]
	case 7: // continued by another case
		if s.chance(2) {
			return append(in[:at:at], s.corpus[s.IntN(len(s.corpus))]...)
		}
		return append(in[:at:at], s.message()...)
	default: // the end is missing
		if s.chance(3) {
			return in[:at]
		}
		return in
	}
}
