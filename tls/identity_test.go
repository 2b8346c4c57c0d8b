package tls

import (
	"strings"
	"testing"
)

func TestCheckIdentity(t *testing.T) {
	for _, c := range []struct {
		host, names string
		cn          []string
		want        string // "" or the beginning of the reason
	}{
		{"a.com", "DNS:a.com", nil, ""},
		{"b.a.com", "DNS:*.a.com", nil, ""},
		{"c.b.a.com", "DNS:*.a.com", nil, "Host: c.b.a.com."},
		{"a.com", "DNS:*.com", nil, "Host: a.com."},
		{"bar.a.com", "DNS:b*r.a.com", nil, ""},
		{"a.com", "DNS:b.com", []string{"a.com"}, "Host: a.com. is not in the cert's altnames"},
		{"a.com", "", []string{"A.COM"}, ""},
		{"a.com", "", nil, "Cert does not contain a DNS name"},
		{"::1", "IP Address:0:0:0:0:0:0:0:1", nil, ""},
		{"10.0.0.1", "DNS:10.0.0.1", nil, "IP: 10.0.0.1 is not in the cert's list"},
		{"b.com", `DNS:"a.com\u002c DNS:b.com"`, nil, "Host: b.com."},
	} {
		got := CheckIdentity(c.host, Identity{AltNames: c.names, HasSubject: c.cn != nil, CommonNames: c.cn})
		if (got == "") != (c.want == "") || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s with %q %q: %q", c.host, c.names, c.cn, got)
		}
	}
}

func TestCiphers(t *testing.T) {
	for list, want := range map[string]int{
		"ECDHE-RSA-AES128-GCM-SHA256": 1, "ECDHE+AESGCM": 4, "ALL:!ECDHE": 5, "HIGH:!aNULL:-AES": 2, "DHE-RSA-AES128-SHA": 0,
		"AES128-SHA:!AES128-SHA": 0, "ALL@SECLEVEL=0": len(suites),
	} {
		ids, err := parseCiphers(list)
		if err != nil || len(ids) != want {
			t.Errorf("%s: %d suites, %v", list, len(ids), err)
		}
	}
	for _, list := range []string{"NONE", "aes256-sha", "TLS_not_a_cipher"} {
		if _, err := parseCiphers(list); err == nil {
			t.Errorf("%s is taken", list)
		}
	}
}
