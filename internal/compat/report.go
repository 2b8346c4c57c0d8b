package compat

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// printTable writes a row for each module and one for all.
func printTable(out io.Writer, results []result) {
	count := map[string]map[status]int{}
	var modules []string
	all := map[status]int{}
	for _, r := range results {
		if count[r.Module] == nil {
			count[r.Module] = map[status]int{}
			modules = append(modules, r.Module)
		}
		count[r.Module][r.Status]++
		all[r.Status]++
	}
	slices.Sort(modules)

	table := tabwriter.NewWriter(out, 0, 8, 2, ' ', tabwriter.AlignRight)
	columns := []status{pass}
	for _, s := range statuses[1:] {
		if all[s] > 0 {
			columns = append(columns, s)
		}
	}
	fmt.Fprint(table, "module\ttests\t")
	for _, s := range columns {
		fmt.Fprintf(table, "%s\t", s)
	}
	fmt.Fprintln(table, "passed\t")
	row := func(name string, n map[status]int) {
		sum := 0
		for _, v := range n {
			sum += v
		}
		fmt.Fprintf(table, "%s\t%d\t", name, sum)
		for _, s := range columns {
			fmt.Fprintf(table, "%d\t", n[s])
		}
		fmt.Fprintf(table, "%.1f %%\t\n", 100*float64(n[pass])/float64(max(sum, 1)))
	}
	for _, name := range modules {
		row(name, count[name])
	}
	if len(modules) > 1 {
		row("all", all)
	}
	table.Flush()
}

// printDetails writes name and detail of each result, the detail indented and
// cut to limit lines (0 shows names only).
func printDetails(out io.Writer, heading string, results []result, limit int) {
	if len(results) == 0 {
		return
	}
	fmt.Fprintf(out, "%s (%d):\n", heading, len(results))
	for _, r := range results {
		fmt.Fprintf(out, "  %-7s %s\n", r.Status, r.Name)
		if limit == 0 || r.Detail == "" {
			continue
		}
		lines := strings.Split(r.Detail, "\n")
		for _, line := range lines[:min(limit, len(lines))] {
			fmt.Fprintf(out, "          %s\n", line)
		}
		if len(lines) > limit {
			fmt.Fprintf(out, "          (%d more lines; --lines 0 shows none, --json all)\n", len(lines)-limit)
		}
	}
}

// jsonReport is the form of --json.
type jsonReport struct {
	Program   string                    `json:"program"`
	Reference string                    `json:"reference,omitempty"`
	Seconds   float64                   `json:"seconds"`
	Modules   map[string]map[status]int `json:"modules"`
	Results   []result                  `json:"results"`
}

func writeJSON(file string, program, reference program, results []result, took time.Duration) error {
	report := jsonReport{
		Program: program.Version, Reference: reference.Version,
		Seconds: took.Seconds(), Modules: map[string]map[status]int{}, Results: results,
	}
	for _, r := range results {
		if report.Modules[r.Module] == nil {
			report.Modules[r.Module] = map[status]int{}
		}
		report.Modules[r.Module][r.Status]++
	}
	text, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}
