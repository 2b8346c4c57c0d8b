package dns

import (
	"github.com/spindle-js/spindle/loop"
)

// Order is the order in which the addresses of a look-up are returned.
type Order uint8

// The orders. OrderDefault is the loop's default.
const (
	OrderDefault Order = iota
	OrderVerbatim
	OrderIPv4First
	OrderIPv6First
)

var orderNames = [...]string{"", "verbatim", "ipv4first", "ipv6first"}

// String returns Node's name of o.
func (o Order) String() string { return orderNames[o] }

// ParseOrder reads Node's name of an order.
func ParseOrder(name string) (Order, bool) {
	for i, n := range orderNames {
		if i > 0 && n == name {
			return Order(i), true
		}
	}
	return OrderDefault, false
}

type orderKey struct{}

// DefaultResultOrder is dns.getDefaultResultOrder.
func DefaultResultOrder(l *loop.Loop) Order {
	if o, ok := l.Slot(orderKey{}).(Order); ok {
		return o
	}
	return OrderVerbatim
}

// SetDefaultResultOrder is dns.setDefaultResultOrder.
func SetDefaultResultOrder(l *loop.Loop, o Order) { l.SetSlot(orderKey{}, o) }

// sorted puts one family first and keeps the order within each.
func sorted(as []Address, o Order) []Address {
	first := 0
	switch o {
	case OrderIPv4First:
		first = 4
	case OrderIPv6First:
		first = 6
	default:
		return as
	}
	out := make([]Address, 0, len(as))
	for _, a := range as {
		if a.Family == first {
			out = append(out, a)
		}
	}
	for _, a := range as {
		if a.Family != first {
			out = append(out, a)
		}
	}
	return out
}
