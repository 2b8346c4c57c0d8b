package main

import (
	"bytes"
	"fmt"
)

// page makes docs/compatibility.md.
func page(scripts [][]caseResult, suites []suiteResult) []byte {
	var b bytes.Buffer
	b.WriteString("# Compatibility with npm packages\n\n" +
		"Written by `make compat-npm`, which installs pinned versions into a scratch folder and runs them under Spindle and under Node 24.12.0 on the same machine.\n\n" +
		"## The packages' own tests\n\n" +
		"Cases that pass under Node, and how many of these pass under Spindle, run by the mocha that the package asks for. Cases have time limits; a suite that misses some under Spindle runs a second time there, and a case counts if it passes in either.\n\n" +
		"| package | version | Node | Spindle | |\n|---|---|---:|---:|---:|\n")
	for _, s := range suites {
		share := 100.0
		if s.passed > 0 {
			share = 100 * float64(s.both) / float64(s.passed)
		}
		fmt.Fprintf(&b, "| [%s](https://github.com/%s) | %s | %d | %d | %.1f %% |\n", s.name, s.repo, s.tag, s.passed, s.both, share)
	}
	b.WriteString("\n### What only Node passes\n\n")
	for _, s := range suites {
		if len(s.missing) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s:\n\n", s.name)
		for _, c := range s.missing {
			fmt.Fprintf(&b, "- %s\n", c)
		}
		b.WriteString("\n")
	}
	for i, list := range scripts {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n| script | packages | output |\n|---|---|---|\n", sets[i].title, intros[i])
		for _, c := range list {
			word := "differs"
			if c.same {
				word = "same"
			}
			if c.slower > slow {
				word += fmt.Sprintf(", %.0f times Node's time", c.slower)
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", c.name, c.packages, word)
		}
		b.WriteString("\n")
	}
	b.WriteString(absent)
	return b.Bytes()
}

// intros stand before the tables of the sets.
var intros = [...]string{
	"Each script uses its packages as an application does, with round trips, errors and streams; its output is compared with Node's after the [normalisation](differences.md#normalisation). Databases are real servers that the scripts start.",
	"The same for packages that are not in the issue's list. Where a script takes more than ten times Node's wall time on a quiet machine, the table says so.",
}

// absent tells of packages that were not tried.
const absent = "Not here, since they are machine code for V8 or run one: sharp, better-sqlite3, bcrypt, esbuild, swc, vite, rollup 4, tsx, next, puppeteer, jest 30 (its resolver), and Prisma's engines. Packages that need them to build run once they are built.\n"
