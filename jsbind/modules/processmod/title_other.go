//go:build !linux

package processmod

func setThreadName(string) {}
