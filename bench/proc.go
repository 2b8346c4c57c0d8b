package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// clockTick is the unit of times in /proc/PID/stat; USER_HZ is 100 on every
// Linux that Go runs on (proc(5), sysconf(3)).
const clockTick = 10 * time.Millisecond

// family is pid and its descendants.
func family(pid int) []int {
	all := []int{pid}
	for i := 0; i < len(all); i++ {
		tasks, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", all[i]))
		for _, task := range tasks {
			children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", all[i], task.Name()))
			for _, field := range strings.Fields(string(children)) {
				if child, err := strconv.Atoi(field); err == nil {
					all = append(all, child)
				}
			}
		}
	}
	return all
}

// cpuTime is the user and system time of the process, all its threads, ended
// ones too, and of its children.
func cpuTime(pid int) (time.Duration, error) {
	var sum time.Duration
	for i, member := range family(pid) {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", member))
		if err != nil {
			if i > 0 { // a child that has ended is in its parent's times
				continue
			}
			return 0, err
		}
		// Fields begin after the name, which may hold spaces: state is the third.
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		if len(fields) < 15 {
			return 0, fmt.Errorf("/proc/%d/stat has %d fields", member, len(fields))
		}
		for _, field := range fields[11:15] { // utime stime cutime cstime
			ticks, err := strconv.ParseInt(field, 10, 64)
			if err != nil {
				return 0, err
			}
			sum += time.Duration(ticks) * clockTick
		}
	}
	return sum, nil
}

// peakMemory is the largest resident size so far, in bytes, anonymousMemory the
// present one; children are added.
func peakMemory(pid int) (int64, error)      { return statusSum(pid, "VmHWM:") }
func anonymousMemory(pid int) (int64, error) { return statusSum(pid, "RssAnon:") }

func statusSum(pid int, name string) (int64, error) {
	var sum int64
	for i, member := range family(pid) {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", member))
		if err != nil {
			if i > 0 {
				continue
			}
			return 0, err
		}
		_, rest, found := strings.Cut(string(status), name)
		if !found {
			return 0, fmt.Errorf("/proc/%d/status has no %s (Linux only)", member, name)
		}
		var kilobytes int64
		if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
			return 0, err
		}
		sum += kilobytes << 10
	}
	return sum, nil
}

// raiseFileLimit makes room for the idle connections, here and in the servers:
// a limit set explicitly is inherited by children.
func raiseFileLimit(idle int) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	want := uint64(idle) + 1000
	if limit.Max < want {
		return fmt.Errorf("%d idle connections need %d open files, the hard limit is %d: use -idle", idle, want, limit.Max)
	}
	limit.Cur = limit.Max
	return syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)
}
