package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"
)

// median of values, 0 of none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// summary is the medians of one scenario under one program.
type summary struct {
	measurement
	Rounds   int `json:"rounds"` // that succeeded
	Failures int `json:"failures,omitempty"`
}

func summarise(results []measurement, scenario, program string) summary {
	var s summary
	var good []measurement
	for _, m := range results {
		if m.Scenario != scenario || m.Program != program {
			continue
		}
		if m.Failed != "" {
			s.Failures++
			s.Failed = m.Failed
			continue
		}
		good = append(good, m)
		s.Errors += m.Errors
	}
	pick := func(field func(measurement) float64) float64 {
		var values []float64
		for _, m := range good {
			values = append(values, field(m))
		}
		return median(values)
	}
	s.Scenario, s.Program, s.Rounds = scenario, program, len(good)
	s.PerSecond = pick(func(m measurement) float64 { return m.PerSecond })
	s.CPU = pick(func(m measurement) float64 { return m.CPU })
	s.P50 = pick(func(m measurement) float64 { return m.P50 })
	s.P99 = pick(func(m measurement) float64 { return m.P99 })
	s.PeakMB = pick(func(m measurement) float64 { return m.PeakMB })
	s.StartMS = pick(func(m measurement) float64 { return m.StartMS })
	s.StartCPUMS = pick(func(m measurement) float64 { return m.StartCPUMS })
	s.BytesEach = pick(func(m measurement) float64 { return m.BytesEach })
	return s
}

// column is one of the table; Ratio columns compare with the first Node.
type column struct {
	Title string
	Value func(summary) float64
	Form  string
	Ratio bool
}

var (
	perSecond  = func(s summary) float64 { return s.PerSecond }
	cpu        = func(s summary) float64 { return s.CPU }
	peakMB     = func(s summary) float64 { return s.PeakMB }
	startMS    = func(s summary) float64 { return s.StartMS }
	startCPUMS = func(s summary) float64 { return s.StartCPUMS }
	bytesEach  = func(s summary) float64 { return s.BytesEach }

	loadColumns = []column{
		{"req/s", perSecond, "%.0f", false}, {"×node", perSecond, "%.2f", true},
		{"CPU µs/req", cpu, "%.1f", false}, {"×node", cpu, "%.2f", true},
		{"p50 µs", func(s summary) float64 { return s.P50 }, "%.0f", false}, {"p99 µs", func(s summary) float64 { return s.P99 }, "%.0f", false},
		{"peak MB", peakMB, "%.0f", false}, {"×node", peakMB, "%.2f", true},
	}
	startColumns = []column{
		{"wall ms", startMS, "%.1f", false}, {"×node", startMS, "%.2f", true},
		{"CPU ms", startCPUMS, "%.1f", false}, {"×node", startCPUMS, "%.2f", true},
		{"peak MB", peakMB, "%.0f", false}, {"×node", peakMB, "%.2f", true},
	}
	idleColumns = []column{
		{"bytes each", bytesEach, "%.0f", false}, {"×node", bytesEach, "%.2f", true},
		{"peak MB", peakMB, "%.0f", false}, {"×node", peakMB, "%.2f", true},
	}
)

func columnsOf(scenario string) []column {
	switch scenario {
	case "startup":
		return startColumns
	case "idle":
		return idleColumns
	}
	return loadColumns
}

func printReport(out io.Writer, c config, scenarios []scenario, programs []program, results []measurement) {
	fmt.Fprintf(out, "Medians of %d interleaved rounds of %v, %d connections, %d CPUs.\n", c.Rounds, c.Duration, c.Connections, runtime.NumCPU())
	base := ""
	for _, p := range programs {
		if p.Version != "" {
			fmt.Fprintf(out, "%s is %s\n", p.Name, p.Version)
		}
		if p.IsNode && base == "" {
			base = p.Name
		}
	}
	for _, s := range scenarios {
		fmt.Fprintf(out, "\n%s\n", s.Name)
		table := tabwriter.NewWriter(out, 0, 8, 2, ' ', tabwriter.AlignRight)
		columns := columnsOf(s.Name)
		fmt.Fprint(table, "program\t")
		for _, col := range columns {
			fmt.Fprintf(table, "%s\t", col.Title)
		}
		fmt.Fprintln(table)
		node := summarise(results, s.Name, base)
		var notes []string
		for _, p := range programs {
			if !s.fits(p) {
				continue
			}
			sum := summarise(results, s.Name, p.Name)
			fmt.Fprintf(table, "%s\t", p.Name)
			for _, col := range columns {
				fmt.Fprintf(table, "%s\t", cell(col, sum, node))
			}
			fmt.Fprintln(table)
			if sum.Errors > 0 {
				notes = append(notes, fmt.Sprintf("%s: %d errors seen by wrk", p.Name, sum.Errors))
			}
			if sum.Failures > 0 {
				notes = append(notes, fmt.Sprintf("%s: %d rounds failed: %s", p.Name, sum.Failures, sum.Failed))
			}
		}
		table.Flush()
		for _, note := range notes {
			fmt.Fprintln(out, "  "+note)
		}
	}
}

func cell(col column, s, node summary) string {
	value := col.Value(s)
	if s.Rounds == 0 || value == 0 && !col.Ratio {
		return "-"
	}
	if col.Ratio {
		base := col.Value(node)
		if base == 0 || value == 0 {
			return "-"
		}
		value /= base
	}
	return fmt.Sprintf(col.Form, value)
}

func writeJSON(file string, c config, programs []program, results []measurement) error {
	var summaries []summary
	for _, s := range scenarios {
		for _, p := range programs {
			if sum := summarise(results, s.Name, p.Name); sum.Rounds+sum.Failures > 0 {
				summaries = append(summaries, sum)
			}
		}
	}
	text, err := json.MarshalIndent(struct {
		When         string        `json:"when"`
		CPUs         int           `json:"cpus"`
		Rounds       int           `json:"rounds"`
		Seconds      float64       `json:"seconds"`
		Connections  int           `json:"connections"`
		Programs     []program     `json:"programs"`
		Medians      []summary     `json:"medians"`
		Measurements []measurement `json:"measurements"`
	}{
		time.Now().UTC().Format(time.RFC3339), runtime.NumCPU(), c.Rounds, c.Duration.Seconds(), c.Connections,
		programs, summaries, results,
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}
