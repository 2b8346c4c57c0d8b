package parser

// commonNames are the header names that are not worth a copy.
var commonNames = [...]string{
	"accept", "accept-charset", "accept-encoding", "accept-language",
	"accept-ranges", "access-control-allow-credentials",
	"access-control-allow-headers", "access-control-allow-methods",
	"access-control-allow-origin", "access-control-expose-headers",
	"access-control-max-age", "access-control-request-headers",
	"access-control-request-method", "age", "allow", "alt-svc",
	"authorization", "cache-control", "connection", "content-disposition",
	"content-encoding", "content-language", "content-length",
	"content-location", "content-range", "content-security-policy",
	"content-type", "cookie", "cookie2", "date", "dnt", "etag", "expect",
	"expires", "forwarded", "from", "host", "http2-settings", "if-match",
	"if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
	"keep-alive", "last-modified", "link", "location", "max-forwards",
	"origin", "pragma", "priority", "proxy-authenticate",
	"proxy-authorization", "proxy-connection", "range", "referer",
	"referrer-policy", "retry-after", "sec-ch-ua", "sec-ch-ua-mobile",
	"sec-ch-ua-platform", "sec-fetch-dest", "sec-fetch-mode",
	"sec-fetch-site", "sec-fetch-user", "sec-websocket-accept",
	"sec-websocket-extensions", "sec-websocket-key",
	"sec-websocket-protocol", "sec-websocket-version", "server",
	"server-timing", "set-cookie", "strict-transport-security", "te",
	"timing-allow-origin", "traceparent", "tracestate", "trailer",
	"transfer-encoding", "upgrade", "upgrade-insecure-requests",
	"user-agent", "vary", "via", "warning", "www-authenticate",
	"x-content-type-options", "x-correlation-id", "x-csrf-token",
	"x-dns-prefetch-control", "x-forwarded-for", "x-forwarded-host",
	"x-forwarded-port", "x-forwarded-proto", "x-frame-options",
	"x-powered-by", "x-real-ip", "x-request-id", "x-requested-with",
	"x-xss-protection",
}

// nameTable is an open-addressed hash table of commonNames.
var nameTable = makeNameTable()

const (
	nameSlots = 512
	nameMax   = 32 // the longest common name
)

func makeNameTable() (t [nameSlots]string) {
	for _, n := range commonNames {
		h := nameHash([]byte(n))
		for t[h] != "" {
			h = (h + 1) % nameSlots
		}
		t[h] = n
	}
	return t
}

// nameHash mixes the length with four letters; the case bit is dropped, so
// that it is the same for any spelling. b is not empty.
func nameHash(b []byte) uint {
	n := len(b)
	h := uint(n)*0x9e5 + uint(b[0]&^0x20)*0x1f + uint(b[n-1]&^0x20)*0x4f1 + uint(b[n/2]&^0x20)*0x6b + uint(b[n/3]&^0x20)*0x21d
	return (h ^ h>>7) % nameSlots
}

// LowerName returns name in lower case. When it is a common one the string is
// shared and known is true; otherwise it is new.
func LowerName(name []byte) (s string, known bool) {
	if n := len(name); n > 0 && n <= nameMax {
		for h := nameHash(name); nameTable[h] != ""; h = (h + 1) % nameSlots {
			if equalFold(name, nameTable[h]) {
				return nameTable[h], true
			}
		}
	}
	b := make([]byte, len(name))
	for i, c := range name {
		b[i] = lower(c)
	}
	return string(b), false
}
