package main

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"syscall"
)

// releasePages takes the pages of the program's own file out of the process:
// most were needed only to start. They stay in the system's cache of the file,
// and come back one by one where they are used. A process that a debugger is at
// keeps them, since its breakpoints are in them.
func releasePages() {
	if status, err := os.ReadFile("/proc/self/status"); err != nil || !bytes.Contains(status, []byte("\nTracerPid:\t0\n")) {
		return
	}
	exe, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	f, err := os.Open("/proc/self/maps")
	if err != nil {
		return
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		// 00400000-0134c000 r-xp 00000000 fe:00 10511002     /usr/bin/spindle
		fields := bytes.Fields(lines.Bytes())
		if len(fields) < 6 || len(fields[1]) < 4 || fields[1][1] != '-' || fields[1][3] != 'p' || !bytes.HasSuffix(lines.Bytes(), []byte(" "+exe)) {
			continue
		}
		from, to, _ := bytes.Cut(fields[0], []byte("-"))
		start, err := strconv.ParseUint(string(from), 16, 64)
		end, err2 := strconv.ParseUint(string(to), 16, 64)
		if err != nil || err2 != nil {
			return
		}
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, uintptr(start), uintptr(end-start), syscall.MADV_DONTNEED)
	}
}
