package httpcases

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	for _, test := range []struct {
		label, text string
		want        []Case
		problem     string
	}{
		{"two cases", "# Title\n\n## First\n\n```http\nGET / HTTP/1.1\\r\\n\n\\r\\n\n```\n\n```events\nbegin\ncomplete\n```\n\n## Second\n\nOptions: response, lenient headers\n\n```http\n{a*3}\"\\x00\n```\n\n```events\n{b*2}\n```\n",
			[]Case{
				{"a/First", nil, []byte("GET / HTTP/1.1\r\n\r\n"), []string{"begin", "complete"}},
				{"a/Second", []string{"response", "lenient headers"}, []byte("aaa\"\x00"), []string{"bb"}},
			}, ""},
		{"no events", "# Title\n\n## None\n\n```http\n\n```\n\n```events\n\n```\n", []Case{{"a/None", nil, []byte{}, nil}}, ""},
		{"malformed", "# Title\n\n## First\n\nGET /\n", nil, "malformed case"},
		{"a wrong escape", "# Title\n\n## First\n\n```http\n\\q\n```\n\n```events\n```\n", nil, "First: input"},
		{"nothing", "# Title\n", nil, "no cases"},
	} {
		t.Run(test.label, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := Read(dir)
			if test.problem != "" {
				if err == nil || !strings.Contains(err.Error(), test.problem) {
					t.Fatalf("error %v, want %q", err, test.problem)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestHas(t *testing.T) {
	c := Case{Options: []string{"response", "lenient all"}}
	if !c.Has("response") || !c.Has("lenient all") || c.Has("lenient") {
		t.Error(c.Options)
	}
}
