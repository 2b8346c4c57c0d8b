package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// measurement is one scenario under one program in one round. Fields that do
// not apply are zero.
type measurement struct {
	Scenario string `json:"scenario"`
	Program  string `json:"program"`
	Round    int    `json:"round"`
	Failed   string `json:"failed,omitempty"`

	PerSecond float64 `json:"requests_per_second,omitempty"`
	CPU       float64 `json:"cpu_us_per_request,omitempty"` // microseconds, server's (or client's) own
	P50       float64 `json:"p50_us,omitempty"`
	P99       float64 `json:"p99_us,omitempty"`
	PeakMB    float64 `json:"peak_mb,omitempty"` // VmHWM
	Errors    int     `json:"errors,omitempty"`

	StartMS    float64 `json:"start_ms,omitempty"`     // wall time of `-e 0`
	StartCPUMS float64 `json:"start_cpu_ms,omitempty"` // CPU time of it
	BytesEach  float64 `json:"bytes_each,omitempty"`   // anonymous memory of one idle connection
}

// scenario is one kind of work.
type scenario struct {
	Name    string
	Script  string // below scripts/, without .js
	Load    string // below scripts/, without .lua
	Origin  int    // size of the answers of an origin server behind it, 0 without one
	All     bool   // also under floor and the Go API
	Measure func(context.Context, config, scenario, program) (measurement, error)
}

var scenarios = []scenario{
	{Name: "hello", Script: "hello", Load: "get", All: true, Measure: measureServer},
	{Name: "pipelined", Script: "hello", Load: "pipelined", All: true, Measure: measureServer},
	{Name: "headers", Script: "headers", Load: "headers", Measure: measureServer},
	{Name: "json", Script: "json", Load: "json", Measure: measureServer},
	{Name: "async", Script: "async", Load: "get", Measure: measureServer},
	{Name: "upload", Script: "upload", Load: "upload", Measure: measureServer},
	{Name: "download", Script: "download", Load: "get", Measure: measureServer},
	{Name: "echo", Script: "echo", Load: "echo", Measure: measureServer},
	{Name: "proxy", Script: "proxy", Load: "get", Origin: 1024, Measure: measureServer},
	{Name: "client", Script: "client", Origin: 13, Measure: measureClient},
	{Name: "startup", Measure: measureStartup},
	{Name: "idle", Script: "hello", All: true, Measure: measureIdle},
}

func (s scenario) fits(p program) bool { return s.All || p.Kind == javascript }

func scenarioNames() []string {
	var names []string
	for _, s := range scenarios {
		names = append(names, s.Name)
	}
	return names
}

func chooseScenarios(names string) ([]scenario, error) {
	if names == "" {
		return scenarios, nil
	}
	var chosen []scenario
	for _, name := range strings.Split(names, ",") {
		found := false
		for _, s := range scenarios {
			if s.Name == name {
				chosen, found = append(chosen, s), true
			}
		}
		if !found {
			return nil, fmt.Errorf("no scenario %q: %s", name, strings.Join(scenarioNames(), " "))
		}
	}
	return chosen, nil
}

// startSubject starts the program under test with the scenario's script, and the
// origin server where there is one.
func startSubject(ctx context.Context, c config, s scenario, p program, env ...string) (subject *process, stop func(), err error) {
	var origin *process
	if s.Origin > 0 {
		if origin, err = start(filepath.Join(c.Tools, "floor"), nil, []string{fmt.Sprintf("SIZE=%d", s.Origin)}); err != nil {
			return nil, nil, err
		}
		port, err := origin.port(ctx)
		if err != nil {
			origin.stop()
			return nil, nil, err
		}
		env = append(env, fmt.Sprintf("TARGET=%d", port))
	}
	var args []string
	if p.Kind == javascript {
		args = []string{filepath.Join(c.Root, "scripts", s.Script+".js")}
	}
	subject, err = start(p.Path, args, env)
	if err != nil {
		if origin != nil {
			origin.stop()
		}
		return nil, nil, err
	}
	return subject, func() {
		subject.stop()
		if origin != nil {
			origin.stop()
		}
	}, nil
}
