package main

import (
	"context"
	"fmt"
	"time"
)

// measureClient lets the program under test be the client of a fast server, and
// counts what it gets done.
func measureClient(ctx context.Context, c config, s scenario, p program) (measurement, error) {
	subject, stop, err := startSubject(ctx, c, s, p,
		fmt.Sprintf("DURATION=%d", c.Duration.Milliseconds()), fmt.Sprintf("WARM=%d", c.Warm.Milliseconds()))
	if err != nil {
		return measurement{}, err
	}
	defer stop()
	patience := c.Warm + c.Duration + 20*time.Second
	if line, err := subject.line(ctx, patience); err != nil || line != "begin" {
		return measurement{}, fmt.Errorf("it printed %q: %w", line, err)
	}
	began := time.Now()
	before, err := cpuTime(subject.pid())
	if err != nil {
		return measurement{}, err
	}
	line, err := subject.line(ctx, patience)
	if err != nil {
		return measurement{}, err
	}
	took := time.Since(began)
	after, err := cpuTime(subject.pid())
	if err != nil {
		return measurement{}, err
	}
	peak, err := peakMemory(subject.pid())
	if err != nil {
		return measurement{}, err
	}
	var count float64
	if _, err := fmt.Sscanf(line, "end %f", &count); err != nil || count == 0 {
		return measurement{}, fmt.Errorf("it printed %q: no request was answered", line)
	}
	return measurement{
		PerSecond: count / took.Seconds(),
		CPU:       float64((after - before).Microseconds()) / count,
		PeakMB:    float64(peak) / (1 << 20),
	}, nil
}
