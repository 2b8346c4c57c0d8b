package bind

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

// aggregateError is Node's AggregateError of a connect that tried several
// addresses, or of a stream destroyed twice: the class of the language, with
// the first error's code.
func (rt *Runtime) aggregateError(e *nodeerr.Error) *goja.Object {
	var errs []any
	for _, p := range e.Props {
		if list, ok := p.Value.([]error); ok && p.Key == "errors" {
			for _, err := range list {
				errs = append(errs, rt.ErrorValue(err))
			}
		}
	}
	ctor := rt.VM.GlobalObject().Get("AggregateError").(*goja.Object)
	args := []goja.Value{rt.VM.NewArray(errs...)}
	if e.Message != "" {
		args = append(args, rt.VM.ToValue(e.Message))
	}
	o, err := rt.VM.New(ctor, args...)
	if err != nil {
		panic(err)
	}
	if e.Code == "" {
		return o
	}
	_ = o.Set("code", e.Code)
	if st := o.Get("stack"); st != nil && goja.IsString(st) {
		_, frames, _ := strings.Cut(st.String(), "\n")
		s := "AggregateError [" + e.Code + "]: " + e.Message + "\n" + frames
		_ = o.DefineDataProperty("stack", rt.VM.ToValue(s), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return o
}
