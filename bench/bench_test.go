package main

import (
	"bytes"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	tests := []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{3, 1}, 2}, {[]float64{9, 1, 5}, 5}}
	for _, test := range tests {
		if got := median(test.values); got != test.want {
			t.Errorf("median(%v) = %v, want %v", test.values, got, test.want)
		}
	}
}

func TestChooseScenarios(t *testing.T) {
	if all, err := chooseScenarios(""); err != nil || len(all) != len(scenarios) {
		t.Errorf("all: %d, %v", len(all), err)
	}
	if some, err := chooseScenarios("idle,hello"); err != nil || len(some) != 2 || some[0].Name != "idle" {
		t.Errorf("some: %v, %v", some, err)
	}
	if _, err := chooseScenarios("hello,nope"); err == nil {
		t.Error("an unknown scenario was chosen")
	}
}

func TestEveryScenarioHasItsFiles(t *testing.T) {
	for _, s := range scenarios {
		for _, file := range []string{s.Script + ".js", s.Load + ".lua"} {
			if strings.HasPrefix(file, ".") {
				continue
			}
			if _, err := os.Stat("scripts/" + file); err != nil {
				t.Errorf("%s: %v", s.Name, err)
			}
		}
	}
}

func TestReportComparesWithTheFirstNode(t *testing.T) {
	programs := []program{{Name: "node", Kind: javascript, IsNode: true}, {Name: "other", Kind: javascript}, {Name: "floor", Kind: floor}}
	results := []measurement{
		{Scenario: "hello", Program: "node", PerSecond: 100, CPU: 20},
		{Scenario: "hello", Program: "other", PerSecond: 150, CPU: 10},
		{Scenario: "hello", Program: "other", PerSecond: 250, CPU: 5},
		{Scenario: "hello", Program: "other", Failed: "it broke"},
	}
	var out bytes.Buffer
	printReport(&out, config{Rounds: 3}, scenarios[:1], programs, results)
	var line string
	for _, l := range strings.Split(out.String(), "\n") {
		if strings.Contains(l, "other ") {
			line = strings.Join(strings.Fields(l), " ")
		}
	}
	if want := "other 200 2.00 7.5 0.38 - - - -"; line != want {
		t.Errorf("got %q, want %q in\n%s", line, want, out.String())
	}
	if !strings.Contains(out.String(), "1 rounds failed: it broke") {
		t.Errorf("the failure is not told:\n%s", out.String())
	}
}

func TestProcReadings(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("reads /proc, which is Linux's")
	}
	before, err := cpuTime(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); time.Since(began) < 50*time.Millisecond; { // work, not waiting
	}
	after, err := cpuTime(os.Getpid())
	if err != nil || after-before < clockTick || after-before > time.Minute {
		t.Errorf("CPU time grew by %v, %v", after-before, err)
	}
	peak, err := peakMemory(os.Getpid())
	resident, err2 := anonymousMemory(os.Getpid())
	if err != nil || err2 != nil || peak < resident/2 || resident < 1<<20 {
		t.Errorf("peak %d %v, resident %d %v", peak, err, resident, err2)
	}
}

func TestPortPattern(t *testing.T) {
	for line, want := range map[string]string{"listening on http://127.0.0.1:4711": "4711", "Listening on :80/": "80"} {
		if m := portPattern.FindStringSubmatch(line); m == nil || m[1] != want {
			t.Errorf("%q: %v", line, m)
		}
	}
}
