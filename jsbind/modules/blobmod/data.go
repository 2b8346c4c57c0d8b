package blobmod

import (
	"errors"
	"io"
	"os"
	"time"
)

// part is a run of a blob's bytes: in memory, or of a file.
type part struct {
	bytes []byte
	file  *file
	at, n int64 // the run of the file
}

// file is what a blob of a file remembers: it cannot be read once the file has
// changed.
type file struct {
	path     string
	size     int64
	modified time.Time
}

func (p part) len() int64 {
	if p.file != nil {
		return p.n
	}
	return int64(len(p.bytes))
}

// slice returns the run from i to j.
func (p part) slice(i, j int64) part {
	if p.file != nil {
		return part{file: p.file, at: p.at + i, n: j - i}
	}
	return part{bytes: p.bytes[i:j:j]}
}

// errChanged says that a blob's file is not what it was.
var errChanged = errors.New("The blob could not be read") //nolint:staticcheck // the message that programs see

// read returns up to max bytes from the i'th on. It may run on any goroutine.
func (p part) read(i, max int64) ([]byte, error) {
	n := min(max, p.len()-i)
	if p.file == nil {
		return p.bytes[i : i+n : i+n], nil
	}
	f, err := os.Open(p.file.path)
	if err != nil {
		return nil, errChanged
	}
	defer func() { _ = f.Close() }()
	st, err := f.Stat()
	if err != nil || st.Size() != p.file.size || !st.ModTime().Equal(p.file.modified) {
		return nil, errChanged
	}
	b := make([]byte, n)
	if _, err := f.ReadAt(b, p.at+i); err != nil && !errors.Is(err, io.EOF) {
		return nil, errChanged
	}
	return b, nil
}

// openFile makes the part that is a whole file.
func openFile(path string) (part, error) {
	st, err := os.Stat(path)
	if err != nil {
		return part{}, err
	}
	return part{file: &file{path, st.Size(), st.ModTime()}, n: st.Size()}, nil
}

// Data is the bytes and type of a blob; it never changes and may be read on any
// goroutine.
type Data struct {
	parts []part
	size  int64
	typ   string
}

func newData(parts []part, typ string) *Data {
	d := &Data{typ: typ}
	for _, p := range parts {
		if n := p.len(); n > 0 || p.file != nil {
			d.parts = append(d.parts, p)
			d.size += n
		}
	}
	return d
}

// Size is the number of bytes.
func (d *Data) Size() int64 { return d.size }

// Type is the blob's MIME type, "" if it has none.
func (d *Data) Type() string { return d.typ }

// slice returns the run of bytes from i to j.
func (d *Data) slice(i, j int64, typ string) *Data {
	var parts []part
	for _, p := range d.parts {
		n := p.len()
		if a, b := max(i, 0), min(j, n); a < b {
			parts = append(parts, p.slice(a, b))
		}
		i, j = i-n, j-n
	}
	return newData(parts, typ)
}

// inMemory reports whether all bytes can be read without waiting.
func (d *Data) inMemory() bool {
	for _, p := range d.parts {
		if p.file != nil {
			return false
		}
	}
	return true
}

// all returns a copy of all bytes.
func (d *Data) all() ([]byte, error) {
	out := make([]byte, 0, d.size)
	for _, p := range d.parts {
		b, err := p.read(0, p.len())
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
	}
	return out, nil
}

// fileChunk is how many bytes of a file a stream reads at a time.
const fileChunk = 64 << 10

// reader walks through a blob, a chunk at a time.
type reader struct {
	parts []part
	at    int64
}

// next returns the next chunk, a copy; nil at the end.
func (r *reader) next() ([]byte, error) {
	for len(r.parts) > 0 {
		if b, err := r.step(); err != nil || len(b) > 0 {
			return b, err
		}
	}
	return nil, nil
}

func (r *reader) step() ([]byte, error) {
	p := r.parts[0]
	limit := p.len()
	if p.file != nil {
		limit = fileChunk
	}
	b, err := p.read(r.at, limit)
	if err != nil {
		return nil, err
	}
	if r.at += int64(len(b)); r.at >= p.len() {
		r.parts, r.at = r.parts[1:], 0
	}
	if p.file == nil {
		b = append(make([]byte, 0, len(b)), b...)
	}
	return b, nil
}
