package net

import (
	stdnet "net"
	"strconv"
)

// zoneName returns the name of the interface with the given index, or the
// index in digits.
func zoneName(index int) string {
	if i, err := stdnet.InterfaceByIndex(index); err == nil {
		return i.Name
	}
	return strconv.Itoa(index)
}

// zoneIndex returns the index of the interface that a zone names or numbers, 0
// for none.
func zoneIndex(zone string) int {
	if zone == "" {
		return 0
	}
	if i, err := stdnet.InterfaceByName(zone); err == nil {
		return i.Index
	}
	n, _ := strconv.Atoi(zone)
	return n
}
