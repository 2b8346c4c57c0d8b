package main

import (
	"context"
	"fmt"
	"os/exec"
	"syscall"
	"time"
)

// measureStartup runs `-e 0` several times and takes the medians.
func measureStartup(ctx context.Context, c config, _ scenario, p program) (measurement, error) {
	var wall, cpu, peak []float64
	for range c.Starts {
		cmd := exec.CommandContext(ctx, p.Path, "-e", "0")
		began := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			return measurement{}, fmt.Errorf("-e 0: %w: %s", err, out)
		}
		wall = append(wall, float64(time.Since(began).Microseconds())/1000)
		state := cmd.ProcessState
		cpu = append(cpu, float64((state.UserTime()+state.SystemTime()).Microseconds())/1000)
		if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
			peak = append(peak, float64(usage.Maxrss)/1024)
		}
	}
	return measurement{StartMS: median(wall), StartCPUMS: median(cpu), PeakMB: median(peak)}, nil
}
