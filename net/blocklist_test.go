package net

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func socketAddress(t *testing.T, address, family string) *SocketAddress {
	t.Helper()
	a, err := NewSocketAddress(address, family, 0, 0)
	must(t, err)
	return a
}

// checks are the answers for 1.2.3.4, ::ffff:1.2.3.4, ::1 and 2.2.3.4.
func checks(b *BlockList) string {
	out := ""
	for _, a := range [][2]string{{"1.2.3.4", "ipv4"}, {"::ffff:1.2.3.4", "ipv6"}, {"::1", "ipv6"}, {"2.2.3.4", "IPV4"}} {
		out += map[bool]string{true: "y", false: "n"}[b.CheckAddress(a[0], a[1])]
	}
	return out
}

// As in Node 24: rules of one family cover addresses of the other that map to it.
func TestBlockListFamilies(t *testing.T) {
	for _, c := range []struct {
		network string
		prefix  int
		family  string
		want    string
	}{
		{"::", 0, "ipv6", "yyyy"}, {"::", 80, "ipv6", "yyyy"}, {"::ffff:0:0", 95, "ipv6", "yyny"},
		{"::ffff:0:0", 96, "ipv6", "yyny"}, {"::ffff:1.0.0.0", 104, "ipv6", "yynn"}, {"1.0.0.0", 8, "ipv4", "yynn"},
		{"0.0.0.0", 0, "ipv4", "yyny"}, {"::ffff:1.2.3.4", 128, "ipv6", "yynn"},
	} {
		var b BlockList
		must(t, b.AddSubnet(socketAddress(t, c.network, c.family), c.prefix))
		if got := checks(&b); got != c.want {
			t.Errorf("%s/%d: %s, want %s", c.network, c.prefix, got, c.want)
		}
	}
	for _, c := range [][4]string{
		{"::", "ffff::", "ipv6", "nyyn"}, {"::ffff:1.0.0.0", "::ffff:2.0.0.0", "ipv6", "yynn"},
		{"::", "::ffff:2.0.0.0", "ipv6", "nyyn"}, {"1.0.0.0", "2.0.0.0", "ipv4", "yynn"},
	} {
		var b BlockList
		if !b.AddRange(socketAddress(t, c[0], c[2]), socketAddress(t, c[1], c[2])) {
			t.Errorf("%s-%s refused", c[0], c[1])
		}
		if got := checks(&b); got != c[3] {
			t.Errorf("%s-%s: %s, want %s", c[0], c[1], got, c[3])
		}
	}
}

func TestBlockListRules(t *testing.T) {
	var b BlockList
	b.AddAddress(socketAddress(t, "1.2.3.4", "ipv4"))
	b.AddRange(socketAddress(t, "10.0.0.1", "ipv4"), socketAddress(t, "10.0.0.9", "ipv4"))
	must(t, b.AddSubnet(socketAddress(t, "192.168.5.7", "ipv4"), 16))
	b.AddAddress(socketAddress(t, "::1", "ipv6"))
	must(t, b.AddSubnet(socketAddress(t, "fe80::1:2", "ipv6"), 64))
	want := `["Subnet: IPv6 fe80::1:2/64","Address: IPv6 ::1","Subnet: IPv4 192.168.5.7/16",` +
		`"Range: IPv4 10.0.0.1-10.0.0.9","Address: IPv4 1.2.3.4"]`
	got, err := json.Marshal(&b)
	must(t, err)
	if string(got) != want {
		t.Errorf("%s", got)
	}
	for a, blocked := range map[string]bool{
		"10.0.0.9": true, "10.0.0.10": false, "192.168.200.1": true, "192.169.0.0": false, "0.0.0.1": false, "junk": false,
	} {
		if b.CheckAddress(a, "ipv4") != blocked {
			t.Errorf("%s: %v", a, !blocked)
		}
	}
	if b.CheckAddress("1.2.3.4", "ipv6") || b.CheckAddress("1.2.3.4", "ipv5") {
		t.Error("a family that is not the address's")
	}
	if !b.Check(socketAddress(t, "1.2.3.4", "ipv4")) {
		t.Error("not blocked")
	}
	if b.AddRange(socketAddress(t, "1.1.1.2", "ipv4"), socketAddress(t, "1.1.1.1", "ipv4")) {
		t.Error("a range that ends before it starts")
	}
	for _, prefix := range []int{-1, 33} {
		err := b.AddSubnet(socketAddress(t, "1.2.3.4", "ipv4"), prefix)
		if want := fmt.Sprintf(`The value of "prefix" is out of range. It must be >= 0 && <= 32. Received %d`, prefix); err == nil || err.Error() != want {
			t.Errorf("prefix %d: %v", prefix, err)
		}
	}
	if n := len(b.Rules()); n != 5 {
		t.Errorf("%d rules", n)
	}
}

// What blockList.fromJSON makes of a rule in Node 24.
func TestBlockListFromJSON(t *testing.T) {
	for rule, want := range map[string]string{
		"Address: IPv4 1.2.3.4":                        "Address: IPv4 1.2.3.4",
		"Address: IPv4 x":                              "",
		"Range: IPv6 ::1-::2":                          "Range: IPv6 ::1-::2",
		"Range: IPv4 5.5.5.5":                          "",
		"Subnet: IPv6 ::/10":                           "Subnet: IPv6 ::/10",
		"Subnet: IPv4 1.2.3.4":                         "",
		"  Address: IPv4 9.9.9.9":                      "Address: IPv4 9.9.9.9",
		"Address: ipv4 8.8.8.8":                        "",
		"Address: IPv6 1.1.1.1":                        "Invalid socket address",
		"Address: IPv4 ::1":                            "",
		"Range: IPv6 1.1.1.1-2.2.2.2":                  "",
		"xx Address: IPv4 3.3.3.3":                     "Address: IPv4 3.3.3.3",
		"Subnet: IPv4 1.2.3.4/a":                       "",
		"Subnet: IPv4 1.2.3.4/999":                     `The value of "prefix" is out of range. It must be >= 0 && <= 32. Received 99`,
		"Address: IPv4 999.1.1.1":                      "Invalid socket address",
		"Address: IPv4 1.1.1.1.1":                      "Address: IPv4 1.1.1.1",
		"Address: IPv6 fe80::1%lo":                     "Address: IPv6 fe80::1",
		"Address: IPv4 8.8.8.8 Subnet: IPv4 9.9.9.9/8": "Subnet: IPv4 9.9.9.9/8",
		"Range: IPv4 1.1.1.1-2.2.2.2-3.3.3.3":          "Range: IPv4 1.1.1.1-2.2.2.2",
		"Range: IPv6 ::ffff:1.2.3.4-::ffff:1.2.3.5":    "",
	} {
		var b BlockList
		got := ""
		if err := b.FromJSON([]string{rule}); err != nil {
			got = err.Error()
		} else {
			got = strings.Join(b.Rules(), ",")
		}
		if got != want {
			t.Errorf("%q: %q, want %q", rule, got, want)
		}
	}
}

func TestSocketAddress(t *testing.T) {
	for _, c := range []struct{ address, family, want string }{
		{"1.2.3.4", "ipv4", "1.2.3.4 ipv4"}, {"0::0001", "IPv6", "::1 ipv6"}, {"fe80::1%lo", "ipv6", "fe80::1 ipv6"},
		{"x", "ipv4", "ERR_INVALID_ADDRESS Invalid socket address"}, {"", "ipv4", "ERR_INVALID_ADDRESS Invalid socket address"},
		{"1.2.3.4", "ipv6", "ERR_INVALID_ADDRESS Invalid socket address"},
		{"1.2.3.4", "ipv5", "ERR_INVALID_ARG_VALUE The property 'options.family' is invalid. Received 'ipv5'"},
	} {
		a, err := NewSocketAddress(c.address, c.family, 80, 7)
		got := ""
		if err != nil {
			got = code(err) + " " + err.Error()
		} else if got = a.Address() + " " + a.Family(); a.Port() != 80 || a.FlowLabel() != 7 {
			t.Errorf("port %d, flow label %d", a.Port(), a.FlowLabel())
		}
		if got != c.want {
			t.Errorf("%q, %q: %s, want %s", c.address, c.family, got, c.want)
		}
	}
	for in, want := range map[string]string{
		"1.2.3.4:8080": "1.2.3.4 8080 ipv4", "[::1]:8080": "::1 8080 ipv6", "::1": "", "[::1]": "::1 0 ipv6",
		"1.2.3.4:80": "1.2.3.4 0 ipv4", "localhost:80": "", "1.2.3.4:": "1.2.3.4 0 ipv4", "1.2.3.4:-1": "",
		"1.2.3.4:65535": "1.2.3.4 65535 ipv4", "1.2.3.4:65536": "", "1.2.3.4/x": "1.2.3.4 0 ipv4",
		"user@1.2.3.4:8": "1.2.3.4 8 ipv4", "1.2.3.4:8?x": "1.2.3.4 8 ipv4", "%31.2.3.4:9": "1.2.3.4 9 ipv4",
		"1.2.3.4 :9": "", "[::1": "", "[1::1.2.3.4]:9": "1::102:304 9 ipv6", "1:9": "0.0.0.1 9 ipv4",
		"0x1:9": "0.0.0.1 9 ipv4", "1.2.3.4.:9": "1.2.3.4 9 ipv4", "[::ffff:1.2.3.4]:9": "::ffff:1.2.3.4 9 ipv6",
		"1.2.3.08:9": "", "1.2.3.010:9": "1.2.3.8 9 ipv4", "": "", "[fe80::1%lo]:80": "", "0x7f000001:1": "127.0.0.1 1 ipv4",
	} {
		got := ""
		if a := ParseSocketAddress(in); a != nil {
			got = fmt.Sprint(a.Address(), " ", a.Port(), " ", a.Family())
		}
		if got != want {
			t.Errorf("parse(%q): %q, want %q", in, got, want)
		}
	}
}
