package lang

import "testing"

// TestSyntaxErrors compares what Compile says of faulty sources with what Node
// printed: the place, the line, the carets and the message.
func TestSyntaxErrors(t *testing.T) {
	for _, s := range readSnippets(t, "testdata/syntaxerrors.txt") {
		t.Run(s.name, func(t *testing.T) {
			_, err := Compile("a.js", s.source+"\n", CommonJS)
			got := ""
			if err != nil {
				e := err.(*SyntaxErrorInfo)
				got = e.Frame() + "\nSyntaxError: " + e.Message
			}
			if got != s.want {
				t.Errorf("\n%s\n got: %s\nwant: %s", s.source, got, s.want)
			}
		})
	}
}
