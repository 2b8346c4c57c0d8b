package crypto

import (
	"encoding/asn1"
	"encoding/base64"
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf16"
)

func decodeBase64(p []byte) ([]byte, error) { return base64.StdEncoding.DecodeString(string(p)) }

// Name is a distinguished name.
type Name struct {
	Parts [][]Attribute // relative names, each of one attribute as a rule
	raw   []byte
}

// Attribute is one assertion of a name.
type Attribute struct {
	Name  string // OpenSSL's short name, or the dotted identifier
	Value string // UTF-8
}

var attributeNames = map[string]string{
	"2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "street",
	"2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title", "2.5.4.13": "description", "2.5.4.15": "businessCategory", "2.5.4.17": "postalCode",
	"2.5.4.41": "name", "2.5.4.42": "GN", "2.5.4.43": "initials", "2.5.4.44": "generationQualifier", "2.5.4.46": "dnQualifier", "2.5.4.65": "pseudonym",
	"2.5.4.97": "organizationIdentifier", "1.2.840.113549.1.9.1": "emailAddress", "1.2.840.113549.1.9.2": "unstructuredName",
	"0.9.2342.19200300.100.1.25": "DC", "0.9.2342.19200300.100.1.1": "UID",
	"1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL", "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST", "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
}

// ParseName reads a distinguished name in DER.
func ParseName(der []byte) Name { return parseName(der) }

func parseName(der []byte) Name {
	n := Name{raw: der}
	var outer asn1.RawValue
	if !unmarshal(der, &outer) {
		return n
	}
	for rest := outer.Bytes; len(rest) > 0; {
		var set asn1.RawValue
		var err error
		if rest, err = asn1.Unmarshal(rest, &set); err != nil {
			break
		}
		var part []Attribute
		for inner := set.Bytes; len(inner) > 0; {
			var a struct {
				Type  asn1.ObjectIdentifier
				Value asn1.RawValue
			}
			if inner, err = asn1.Unmarshal(inner, &a); err != nil {
				break
			}
			id := a.Type.String()
			if short := attributeNames[id]; short != "" {
				id = short
			}
			part = append(part, Attribute{id, stringValue(a.Value)})
		}
		n.Parts = append(n.Parts, part)
	}
	return n
}

// stringValue turns one of ASN.1's strings into UTF-8.
func stringValue(v asn1.RawValue) string {
	switch v.Tag {
	case asn1.TagBMPString:
		units := make([]uint16, len(v.Bytes)/2)
		for i := range units {
			units[i] = uint16(v.Bytes[2*i])<<8 | uint16(v.Bytes[2*i+1])
		}
		return string(utf16.Decode(units))
	case asn1.TagT61String, asn1.TagPrintableString, asn1.TagIA5String:
		r := make([]rune, len(v.Bytes))
		for i, b := range v.Bytes {
			r[i] = rune(b)
		}
		return string(r)
	}
	return string(v.Bytes)
}

// Empty reports whether the name has no part.
func (n Name) Empty() bool { return len(n.Parts) == 0 }

// Text prints the name a part a line, escaped as RFC 2253 has it.
func (n Name) Text() string {
	lines := make([]string, len(n.Parts))
	for i, part := range n.Parts {
		words := make([]string, len(part))
		for j, a := range part {
			words[j] = a.Name + "=" + escape2253(a.Value)
		}
		lines[i] = strings.Join(words, " + ")
	}
	return strings.Join(lines, "\n")
}

func escape2253(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case strings.IndexByte(`,+"\<>;`, c) >= 0, c == '#' && i == 0, c == ' ' && (i == 0 || i == len(s)-1):
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\%02X`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func (n Name) values(name string) (out []string) {
	for _, part := range n.Parts {
		for _, a := range part {
			if a.Name == name {
				out = append(out, a.Value)
			}
		}
	}
	return out
}

// Values returns the values of an attribute.
func (n Name) Values(name string) []string { return n.values(name) }

// AltName is a name of the extension subjectAltName.
type AltName struct {
	Kind  string // "DNS", "URI", "email", "IP Address", "DirName", "Registered ID", "othername"
	Value string
	raw   []byte
	bad   bool // has no text
}

func parseAltNames(der []byte) []AltName {
	var outer asn1.RawValue
	if !unmarshal(der, &outer) {
		return nil
	}
	out := []AltName{}
	for rest := outer.Bytes; len(rest) > 0; {
		var v asn1.RawValue
		var err error
		if rest, err = asn1.Unmarshal(rest, &v); err != nil {
			break
		}
		out = append(out, altName(v))
	}
	return out
}

func latin1(p []byte) string {
	r := make([]rune, len(p))
	for i, b := range p {
		r[i] = rune(b)
	}
	return string(r)
}

func altName(v asn1.RawValue) AltName {
	n := AltName{raw: v.Bytes, Value: latin1(v.Bytes)}
	switch v.Tag {
	case 0:
		n.Kind = "othername"
		n.other(v.Bytes)
	case 1:
		n.Kind = "email"
	case 2:
		n.Kind = "DNS"
	case 3:
		n.Kind, n.Value, n.bad = "X400Name", "<unsupported>", true
	case 4:
		n.Kind = "DirName"
		n.Value = dirName(parseName(v.Bytes))
	case 5:
		n.Kind, n.Value, n.bad = "EdiPartyName", "<unsupported>", true
	case 6:
		n.Kind = "URI"
	case 7:
		n.Kind = "IP Address"
		if a, ok := netip.AddrFromSlice(v.Bytes); ok && a.Is4() {
			n.Value = a.String()
		} else if ok {
			words := make([]string, 8)
			for i := range words {
				words[i] = fmt.Sprintf("%X", int(v.Bytes[2*i])<<8|int(v.Bytes[2*i+1]))
			}
			n.Value = strings.Join(words, ":")
		} else {
			n.Value = "<invalid>"
		}
		n.bad = true // never quoted
	case 8:
		n.Kind = "Registered ID"
		var id asn1.ObjectIdentifier
		if _, err := asn1.UnmarshalWithParams(append([]byte{6, byte(len(v.Bytes))}, v.Bytes...), &id, ""); err == nil {
			n.Value = id.String()
		}
		n.bad = true
	}
	return n
}

// other reads the names of another kind that OpenSSL knows.
func (n *AltName) other(p []byte) {
	n.Value, n.bad = "<unsupported>", true
	var id asn1.ObjectIdentifier
	rest, err := asn1.Unmarshal(p, &id)
	if err != nil {
		return
	}
	var outer, v asn1.RawValue
	if !unmarshal(rest, &outer) || !unmarshal(outer.Bytes, &v) {
		return
	}
	names := map[string]string{"1.3.6.1.5.5.7.8.9": "SmtpUTF8Mailbox", "1.3.6.1.5.5.7.8.5": "XmppAddr", "1.3.6.1.5.5.7.8.7": "SRVName",
		"1.3.6.1.4.1.311.20.2.3": "UPN", "1.3.6.1.5.5.7.8.8": "NAIRealm"}
	if name := names[id.String()]; name != "" {
		n.Kind, n.Value, n.bad = "othername:"+" "+name+":", stringValue(v), false
		n.Kind = "othername: " + name + ":"
	}
}

// dirName prints a directory name in one line, as RFC 2253 without its reversal.
func dirName(name Name) string {
	var words []string
	for _, part := range name.Parts {
		for _, a := range part {
			words = append(words, a.Name+" = "+quoteRFC2253(a.Value))
		}
	}
	return strings.Join(words, ", ")
}

func quoteRFC2253(s string) string {
	if strings.ContainsAny(s, `,+"\<>;`) {
		return `"` + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), `"`, `\"`) + `"`
	}
	return s
}

// Text prints a name with its kind; what could be taken for several names is
// quoted as JSON, so that nobody is misled (CVE-2021-44532).
func (n AltName) Text() string {
	if n.bad {
		return n.Kind + ":" + n.Value
	}
	prefix := n.Kind
	if !strings.HasSuffix(prefix, ":") {
		prefix += ":"
	}
	return prefix + n.quoted()
}

func (n AltName) quoted() string {
	safe := true
	for _, c := range n.Value {
		if c == '"' || c == '\\' || c == ',' || c == '\'' || c < ' ' || c > '~' && !strings.HasPrefix(n.Kind, "othername") {
			safe = false
		}
	}
	if safe {
		return n.Value
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range n.Value {
		switch {
		case c == '\\':
			b.WriteString(`\\`)
		case c == '"':
			b.WriteString(`\"`)
		case c >= ' ' && c != ',' && c <= '~', c > 0xff, c > '~' && strings.HasPrefix(n.Kind, "othername"):
			b.WriteRune(c)
		default:
			fmt.Fprintf(&b, `\u%04x`, c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// AltNameText prints the names of the extension subjectAltName.
func (c *Certificate) AltNameText() string {
	words := make([]string, len(c.AltNames))
	for i, n := range c.AltNames {
		words[i] = n.Text()
	}
	return strings.Join(words, ", ")
}

// Access is an entry of the extension authorityInfoAccess.
type Access struct {
	Method string // object identifier
	Where  AltName
}

var accessMethods = map[string]string{"1.3.6.1.5.5.7.48.1": "OCSP", "1.3.6.1.5.5.7.48.2": "CA Issuers"}

// InfoAccessText prints the entries, one a line.
func (c *Certificate) InfoAccessText() string {
	lines := make([]string, len(c.InfoAccess))
	for i, a := range c.InfoAccess {
		lines[i] = a.name() + " - " + a.Where.Text()
	}
	return strings.Join(lines, "\n")
}

func (a Access) name() string {
	if n := accessMethods[a.Method]; n != "" {
		return n
	}
	return a.Method
}
