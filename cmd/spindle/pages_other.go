//go:build !linux

package main

// releasePages does nothing where the system has no such call.
func releasePages() {}
