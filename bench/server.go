package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// measureServer starts the server, loads it with wrk twice, first to warm it,
// and takes the CPU time that it used during the second.
func measureServer(ctx context.Context, c config, s scenario, p program) (measurement, error) {
	subject, stop, err := startSubject(ctx, c, s, p)
	if err != nil {
		return measurement{}, err
	}
	defer stop()
	port, err := subject.port(ctx)
	if err != nil {
		return measurement{}, err
	}
	if _, err := wrk(ctx, c, s, port, c.Warm); err != nil {
		return measurement{}, err
	}
	before, err := cpuTime(subject.pid())
	if err != nil {
		return measurement{}, err
	}
	load, err := wrk(ctx, c, s, port, c.Duration)
	if err != nil {
		return measurement{}, err
	}
	after, err := cpuTime(subject.pid())
	if err != nil {
		return measurement{}, err
	}
	peak, err := peakMemory(subject.pid())
	if err != nil {
		return measurement{}, err
	}
	if load.Requests == 0 {
		return measurement{}, fmt.Errorf("no request was answered (%d errors)", load.Errors)
	}
	return measurement{
		PerSecond: load.Requests / (load.Duration / 1e6),
		CPU:       float64((after - before).Microseconds()) / load.Requests,
		P50:       load.P50, P99: load.P99,
		PeakMB: float64(peak) / (1 << 20),
		Errors: load.Errors,
	}, nil
}

// wrkResult is the line that the scripts' done function prints; times are in
// microseconds.
type wrkResult struct {
	Requests float64 `json:"requests"`
	Duration float64 `json:"duration"`
	P50      float64 `json:"p50"`
	P99      float64 `json:"p99"`
	Errors   int     `json:"errors"`
}

func wrk(ctx context.Context, c config, s scenario, port int, duration time.Duration) (wrkResult, error) {
	var result wrkResult
	seconds := max(1, int(duration.Seconds()+0.5)) // wrk knows whole seconds only
	cmd := exec.CommandContext(ctx, "wrk", "-t1", fmt.Sprintf("-c%d", c.Connections), fmt.Sprintf("-d%ds", seconds),
		"-s", filepath.Join(c.Root, "scripts", s.Load+".lua"), fmt.Sprintf("http://127.0.0.1:%d/", port))
	out, err := cmd.CombinedOutput()
	if err != nil {
		return result, fmt.Errorf("wrk: %w: %s", err, out)
	}
	_, line, found := strings.Cut(string(out), "RESULT ")
	if !found {
		return result, fmt.Errorf("wrk printed no result: %s", out)
	}
	line, _, _ = strings.Cut(line, "\n")
	return result, json.Unmarshal([]byte(line), &result)
}
