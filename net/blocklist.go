package net

import (
	"encoding/json"
	"math"
	"net/netip"
	"regexp"
	"strconv"
	"sync"

	"github.com/spindle-js/spindle/internal/lazyregexp"
	"github.com/spindle-js/spindle/nodeerr"
)

// BlockList is the class net.BlockList
// (https://nodejs.org/docs/latest-v24.x/api/net.html#class-netblocklist). The
// zero BlockList is empty. An IPv4 address and the same address mapped to IPv6
// are one. Any goroutine may use it: threads share it when it is posted.
type BlockList struct {
	mu    sync.RWMutex // guards rules
	rules []blockRule  // the newest first; never changed in place
}

func (b *BlockList) list() []blockRule {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.rules
}

// blockRule is an address (end and prefix unset), a range, or a subnet.
type blockRule struct {
	start, end netip.Addr
	prefix     int // of a subnet; -1 otherwise
}

// AddAddress blocks one address.
func (b *BlockList) AddAddress(a *SocketAddress) { b.add(blockRule{start: a.ip, prefix: -1}) }

// AddRange blocks the addresses from start to end. Where it returns false end
// comes before start, and nothing is added (ERR_INVALID_ARG_VALUE, 'start must
// come before end').
func (b *BlockList) AddRange(start, end *SocketAddress) bool {
	if c, ok := compareIP(start.ip, end.ip); ok && c > 0 {
		return false
	}
	b.add(blockRule{start: start.ip, end: end.ip, prefix: -1})
	return true
}

// AddSubnet blocks the network that has the first prefix bits of a. The error is
// ERR_OUT_OF_RANGE for a prefix longer than the address.
func (b *BlockList) AddSubnet(a *SocketAddress, prefix int) error {
	if bits := a.ip.BitLen(); prefix < 0 || prefix > bits {
		return nodeerr.OutOfRange("prefix", ">= 0 && <= "+strconv.Itoa(bits), strconv.Itoa(prefix))
	}
	b.add(blockRule{start: a.ip, prefix: prefix})
	return nil
}

func (b *BlockList) add(r blockRule) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rules = append([]blockRule{r}, b.rules...)
}

// Check reports whether a rule covers a.
func (b *BlockList) Check(a *SocketAddress) bool { return b.checkIP(a.ip) }

// CheckAddress is Check for an address and its family as strings, as
// blockList.check takes them. What is no address of the family is not blocked.
func (b *BlockList) CheckAddress(address, family string) bool {
	v, err := familyOf(family)
	if err != nil {
		return false
	}
	ip, perr := netip.ParseAddr(address)
	return perr == nil && ip.Is4() == (v == 4) && b.checkIP(ip.WithZone(""))
}

func (b *BlockList) checkIP(ip netip.Addr) bool {
	rules := b.list()
	for i := range rules {
		if rules[i].covers(ip) {
			return true
		}
	}
	return false
}

func (r *blockRule) covers(ip netip.Addr) bool {
	switch {
	case r.end.IsValid():
		low, ok1 := compareIP(r.start, ip)
		high, ok2 := compareIP(ip, r.end)
		return ok1 && ok2 && low <= 0 && high <= 0
	case r.prefix < 0:
		c, ok := compareIP(r.start, ip)
		return ok && c == 0
	}
	if r.start.Is4() {
		ip = ip.Unmap()
		if !ip.Is4() {
			return false
		}
		return netip.PrefixFrom(r.start, r.prefix).Contains(ip)
	}
	return samePrefix(r.start.As16(), ip.As16(), r.prefix)
}

func samePrefix(a, b [16]byte, bits int) bool {
	for i := range a {
		n := min(max(bits-8*i, 0), 8)
		if (a[i]^b[i])>>(8-n) != 0 {
			return false
		}
	}
	return true
}

// compareIP orders two addresses; an IPv4 address and an IPv6 one that maps none
// have no order.
func compareIP(a, b netip.Addr) (int, bool) {
	if a.Is4() != b.Is4() {
		if a, b = a.Unmap(), b.Unmap(); a.Is4() != b.Is4() {
			return 0, false
		}
	}
	return a.Compare(b), true
}

// Rules returns blockList.rules, the newest first.
func (b *BlockList) Rules() []string {
	rules := b.list()
	out := make([]string, len(rules))
	for i := range rules {
		out[i] = rules[i].String()
	}
	return out
}

// String returns the rule as rules shows it: "Subnet: IPv4 192.0.2.0/24".
func (r *blockRule) String() string {
	family := "IPv6 "
	if r.start.Is4() {
		family = "IPv4 "
	}
	switch {
	case r.end.IsValid():
		return "Range: " + family + r.start.String() + "-" + r.end.String()
	case r.prefix >= 0:
		return "Subnet: " + family + r.start.String() + "/" + strconv.Itoa(r.prefix)
	}
	return "Address: " + family + r.start.String()
}

// MarshalJSON is blockList.toJSON.
func (b *BlockList) MarshalJSON() ([]byte, error) { return json.Marshal(b.Rules()) }

// The forms of rules that FromJSON understands. Node looks for them anywhere in
// a string and ignores what has none; its IPv6 forms know hexadecimal only.
var (
	subnet4  = lazyregexp.New(`Subnet: IPv4 (\d{1,3}(?:\.\d{1,3}){3})/(\d{1,2})`)
	address4 = lazyregexp.New(`Address: IPv4 (\d{1,3}(?:\.\d{1,3}){3})`)
	range4   = lazyregexp.New(`Range: IPv4 (\d{1,3}(?:\.\d{1,3}){3})-(\d{1,3}(?:\.\d{1,3}){3})`)
	subnet6  = lazyregexp.New(`Subnet: IPv6 ([0-9a-fA-F:]{1,39})/([0-9]{1,3})`)
	address6 = lazyregexp.New(`Address: IPv6 ([0-9a-fA-F:]{1,39})`)
	range6   = lazyregexp.New(`Range: IPv6 ([0-9a-fA-F:]{1,39})-([0-9a-fA-F:]{1,39})`)
)

// FromJSON is blockList.fromJSON for the list of strings. Rules before the first
// one that is an error are added.
func (b *BlockList) FromJSON(rules []string) error {
	for _, r := range rules {
		if err := b.addRule(r); err != nil {
			return err
		}
	}
	return nil
}

func (b *BlockList) addRule(rule string) error {
	for _, f := range []struct {
		re     *regexp.Regexp
		family string
		add    func(*SocketAddress, string) error
	}{
		{subnet4(), "ipv4", b.addSubnetText},
		{address4(), "ipv4", b.addAddressText},
		{range4(), "ipv4", b.addRangeText("ipv4")},
		{subnet6(), "ipv6", b.addSubnetText},
		{address6(), "ipv6", b.addAddressText},
		{range6(), "ipv6", b.addRangeText("ipv6")},
	} {
		m := f.re.FindStringSubmatch(rule)
		if m == nil {
			continue
		}
		a, err := NewSocketAddress(m[1], f.family, 0, 0)
		if err != nil {
			return err
		}
		second := ""
		if len(m) > 2 {
			second = m[2]
		}
		return f.add(a, second)
	}
	return nil
}

func (b *BlockList) addAddressText(a *SocketAddress, _ string) error {
	b.AddAddress(a)
	return nil
}

func (b *BlockList) addSubnetText(a *SocketAddress, prefix string) error {
	n, err := strconv.Atoi(prefix)
	if err != nil {
		n = math.MaxInt32
	}
	return b.AddSubnet(a, n)
}

func (b *BlockList) addRangeText(family string) func(*SocketAddress, string) error {
	return func(start *SocketAddress, text string) error {
		end, err := NewSocketAddress(text, family, 0, 0)
		if err != nil {
			return err
		}
		if !b.AddRange(start, end) {
			return nodeerr.InvalidArgValue("start", start.inspect(), "must come before end")
		}
		return nil
	}
}
