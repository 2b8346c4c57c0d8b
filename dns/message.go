package dns

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"strconv"
	"strings"
)

// Type is a type of resource record (RFC 1035 section 3.2.2 and its
// successors).
type Type uint16

// The types that Node asks for.
const (
	TypeA     Type = 1
	TypeNS    Type = 2
	TypeCNAME Type = 5
	TypeSOA   Type = 6
	TypePTR   Type = 12
	TypeMX    Type = 15
	TypeTXT   Type = 16
	TypeAAAA  Type = 28
	TypeSRV   Type = 33
	TypeNAPTR Type = 35
	TypeTLSA  Type = 52
	TypeANY   Type = 255
	TypeCAA   Type = 257
)

// Record is one resource record of an answer. What the fields mean is the
// type's: Text has names and strings, Numbers the integers in wire order.
type Record struct {
	Name    string
	Type    Type
	TTL     uint32
	Text    []string
	Numbers []uint32
	Data    []byte // of TLSA
}

// message is what a response says.
type message struct {
	id        uint16
	response  bool
	truncated bool
	rcode     int
	question  string
	qtype     Type
	answers   []Record
}

var errMessage = errors.New("dns: malformed message")

// query makes a question (RFC 1035 section 4.1). It has no EDNS record, as
// Node's have none: a long answer comes by TCP.
func query(id uint16, name string, t Type) ([]byte, bool) {
	p := make([]byte, 12, 12+len(name)+6)
	binary.BigEndian.PutUint16(p, id)
	p[2] = 1 // recursion desired
	p[5] = 1 // one question
	for _, label := range strings.Split(strings.TrimSuffix(name, "."), ".") {
		if len(label) == 0 && name != "." && name != "" || len(label) > 63 {
			return nil, false
		}
		if label != "" {
			p = append(append(p, byte(len(label))), label...)
		}
	}
	if len(p) > 12+254 {
		return nil, false
	}
	return append(p, 0, byte(t>>8), byte(t), 0, 1), true
}

// reader takes a message apart; the first error stays.
type reader struct {
	p   []byte
	at  int
	err error
}

func (r *reader) bytes(n int) []byte {
	if r.err != nil || n < 0 || r.at+n > len(r.p) {
		r.err = errMessage
		return make([]byte, max(n, 0))
	}
	r.at += n
	return r.p[r.at-n : r.at]
}

func (r *reader) u8() uint8   { return r.bytes(1)[0] }
func (r *reader) u16() uint16 { return binary.BigEndian.Uint16(r.bytes(2)) }
func (r *reader) u32() uint32 { return binary.BigEndian.Uint32(r.bytes(4)) }

// text reads a character-string: a length and its bytes.
func (r *reader) text() string { return string(r.bytes(int(r.u8()))) }

// name reads a domain name, which may end in a pointer (RFC 1035 section
// 4.1.4). Dots and unprintable bytes of labels are escaped.
func (r *reader) name() string {
	var b strings.Builder
	at, end, jumps := r.at, -1, 0
	for r.err == nil {
		if at >= len(r.p) {
			r.err = errMessage
			break
		}
		n := int(r.p[at])
		at++
		switch {
		case n == 0:
			if end < 0 {
				end = at
			}
			r.at = end
			return b.String()
		case n&0xc0 == 0xc0:
			if at >= len(r.p) || jumps > 64 {
				r.err = errMessage
				return ""
			}
			jumps++
			if end < 0 {
				end = at + 1
			}
			at = n&0x3f<<8 | int(r.p[at])
		case n > 63 || at+n > len(r.p):
			r.err = errMessage
		default:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			escape(&b, r.p[at:at+n])
			at += n
		}
	}
	return ""
}

func escape(b *strings.Builder, label []byte) {
	for _, c := range label {
		switch {
		case c < ' ' || c > '~':
			b.WriteByte('\\')
			s := "00" + strconv.Itoa(int(c))
			b.WriteString(s[len(s)-3:])
		case strings.IndexByte(`.;\()@$"`, c) >= 0:
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
}

// parse reads a response; records of types that Node does not know are left
// out.
func parse(p []byte) (*message, error) {
	r := &reader{p: p}
	m := &message{id: r.u16()}
	flags := r.u16()
	m.response, m.truncated, m.rcode = flags&0x8000 != 0, flags&0x0200 != 0, int(flags&15)
	questions, answers := r.u16(), r.u16()
	r.u32() // authority and additional records
	for range questions {
		m.question, m.qtype = r.name(), Type(r.u16())
		r.u16()
	}
	for range answers {
		if r.err != nil {
			break
		}
		rec := Record{Name: r.name(), Type: Type(r.u16())}
		r.u16() // class
		rec.TTL = r.u32()
		n := int(r.u16())
		if r.at+n > len(p) {
			return m, errMessage
		}
		end := r.at + n
		sub := &reader{p: p[:end], at: r.at}
		if rec.read(sub, end) {
			m.answers = append(m.answers, rec)
		}
		if sub.err != nil {
			return m, sub.err
		}
		r.at = end
	}
	return m, r.err
}

// read reads the data of a record, which ends at end; false for a type that is
// not known.
func (x *Record) read(r *reader, end int) bool {
	switch x.Type {
	case TypeA, TypeAAAA:
		ip, ok := netip.AddrFromSlice(r.bytes(end - r.at))
		if !ok {
			r.err = errMessage
		}
		x.Text = []string{ip.String()}
	case TypeNS, TypeCNAME, TypePTR:
		x.Text = []string{r.name()}
	case TypeSOA:
		x.Text = []string{r.name(), r.name()}
		x.Numbers = []uint32{r.u32(), r.u32(), r.u32(), r.u32(), r.u32()}
	case TypeMX:
		x.Numbers = []uint32{uint32(r.u16())}
		x.Text = []string{r.name()}
	case TypeTXT:
		for r.at < end && r.err == nil {
			x.Text = append(x.Text, r.text())
		}
	case TypeSRV:
		x.Numbers = []uint32{uint32(r.u16()), uint32(r.u16()), uint32(r.u16())}
		x.Text = []string{r.name()}
	case TypeNAPTR:
		x.Numbers = []uint32{uint32(r.u16()), uint32(r.u16())}
		x.Text = []string{r.text(), r.text(), r.text(), r.name()}
	case TypeTLSA:
		x.Numbers = []uint32{uint32(r.u8()), uint32(r.u8()), uint32(r.u8())}
		x.Data = append([]byte(nil), r.bytes(end-r.at)...)
	case TypeCAA:
		x.Numbers = []uint32{uint32(r.u8())}
		x.Text = []string{r.text(), string(r.bytes(end - r.at))}
	default:
		return false
	}
	return true
}
