package zlib

import "github.com/spindle-js/spindle/nodeerr"

// Run takes all of in through a codec and returns what it makes, in pieces of
// chunkSize as a stream would make them. An output of more than limit bytes is
// ERR_BUFFER_TOO_LARGE. nin is how much of in was used.
func Run(c Codec, in []byte, flush, chunkSize int, limit int64) (res []byte, nin int, err *nodeerr.Error) {
	var full [][]byte
	chunk := make([]byte, chunkSize)
	have := 0
	var total int64
	for {
		k, n, err := c.Step(in[nin:], chunk[have:], flush)
		nin += k
		have += n
		total += int64(n)
		if err != nil {
			return nil, nin, err
		}
		if total > limit {
			return nil, nin, nodeerr.BufferTooLarge(limit)
		}
		if have < len(chunk) {
			break
		}
		full = append(full, chunk)
		chunk, have = make([]byte, chunkSize), 0
	}
	if len(full) == 0 {
		return chunk[:have:have], nin, nil
	}
	res = make([]byte, 0, total)
	for _, p := range full {
		res = append(res, p...)
	}
	return append(res, chunk[:have]...), nin, nil
}
