package layers

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Check reads every Go file below root, for all platforms, and returns what
// breaks a rule, a line each, sorted; and apart from that the files that are
// too long and do not say why.
func Check(root string) (found, long []string, err error) {
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		problems, tooLong, err := checkFile(filepath.ToSlash(relative), text)
		found = append(found, problems...)
		if tooLong != "" {
			long = append(long, tooLong)
		}
		return err
	})
	slices.Sort(found)
	slices.Sort(long)
	return found, long, err
}

// checkFile applies all rules to one file; name is its path below the root.
func checkFile(name string, text []byte) (found []string, long string, err error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, "", err
	}
	report := func(pos token.Pos, form string, args ...any) {
		found = append(found, fmt.Sprintf("%s:%d: %s", name, set.Position(pos).Line, fmt.Sprintf(form, args...)))
	}
	folder := strings.TrimSuffix(name, "/"+filepath.Base(name))
	test := strings.HasSuffix(name, "_test.go")
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, "", err
		}
		if problem := checkImport(folder, path, test); problem != "" {
			report(spec.Pos(), "%s", problem)
		}
	}
	if lines := bytes.Count(text, []byte("\n")); lines > maxLines && !ast.IsGenerated(file) && !saysWhyLong(file) {
		long = fmt.Sprintf("%s: %d lines, more than %d: split it, or say why in a line %q", name, lines, maxLines, longFileMark)
	}
	if test {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if method, ok := silentSkip(call); ok {
					report(call.Pos(), "%s without a reason", method)
				}
			}
			return true
		})
	}
	return found, long, nil
}

// checkImport says what is wrong with folder importing path, "" if nothing is.
// Tests may import upward (their examples use the whole); what a foreign package
// was admitted for holds for them too.
func checkImport(folder, path string, test bool) string {
	first, _, _ := strings.Cut(path, "/")
	switch {
	case path == Module:
		return "the module's root holds no package"
	case strings.HasPrefix(path, Module+"/"):
		if test {
			return ""
		}
		return checkDirection(folder, strings.TrimPrefix(path, Module+"/"))
	case !strings.Contains(first, "."):
		return "" // the standard library
	}
	for module, folders := range admitted {
		if !within(path, module) {
			continue
		}
		for _, allowed := range folders {
			if within(folder, allowed) {
				return ""
			}
		}
		return fmt.Sprintf("%s is admitted in %s only", module, strings.Join(folders, ", "))
	}
	return fmt.Sprintf("%s is not admitted: see internal/layers/rules.go", path)
}

// checkDirection compares two folders of this module.
func checkDirection(from, to string) string {
	fromPlace, fromLevel, ok := place(from)
	if !ok {
		return fmt.Sprintf("%s has no level: give it one in internal/layers/rules.go", from)
	}
	toPlace, toLevel, ok := place(to)
	switch {
	case !ok:
		return fmt.Sprintf("%s has no level: give it one in internal/layers/rules.go", to)
	case fromPlace == toPlace || toLevel < fromLevel:
		return ""
	}
	return fmt.Sprintf("%s (level %d) imports %s (level %d): imports go downward", fromPlace, fromLevel, toPlace, toLevel)
}

// place finds the entry of levels that a folder falls under.
func place(folder string) (entry string, level int, ok bool) {
	for candidate, n := range levels {
		if within(folder, candidate) && len(candidate) > len(entry) {
			entry, level, ok = candidate, n, true
		}
	}
	return entry, level, ok
}

// within says whether path is prefix or lies below it.
func within(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

func saysWhyLong(file *ast.File) bool {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if reason, ok := strings.CutPrefix(comment.Text, longFileMark); ok && strings.TrimSpace(reason) != "" {
				return true
			}
		}
	}
	return false
}

// silentSkip finds t.Skip() and t.SkipNow(), and t.Skip("").
func silentSkip(call *ast.CallExpr) (string, bool) {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	switch selector.Sel.Name {
	case "SkipNow":
		return "SkipNow", len(call.Args) == 0
	case "Skip", "Skipf":
		if len(call.Args) == 0 {
			return selector.Sel.Name, true
		}
		text, ok := call.Args[0].(*ast.BasicLit)
		return selector.Sel.Name, ok && strings.Trim(text.Value, "\"` ") == ""
	}
	return "", false
}
