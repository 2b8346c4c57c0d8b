package lang

import (
	"strings"
	"testing"
)

func TestCommonJSExports(t *testing.T) {
	for _, c := range []struct{ src, names, reexports string }{
		{`exports.a = 1; module.exports.b = 2; exports['c d'] = 3; function f() { exports.late = 1 }`, "a,b,c d,late", ""},
		{`module.exports = { a, b: c, 'd': e, f: function () {}, g }`, "a,b,d,f", ""},
		{`module.exports = { a, ...require('x') }`, "a", "x"},
		{`module.exports = require('./lib')`, "", "./lib"},
		{`Object.defineProperty(exports, '__esModule', { value: true }); Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return m.a } }); Object.defineProperty(exports, 'skip', {})`, "__esModule,a", ""},
		{`__exportStar(require('x'), exports); tslib_1.__exportStar(require("y"), exports)`, "", "x,y"},
		{`var _x = _interopRequireWildcard(require('x')); Object.keys(_x).forEach(function (key) { if (key in exports) return; exports[key] = _x[key] })`, "", "x"},
		{`exports.a = exports.b = void 0; exports.a = async function* () {}`, "a,b", ""},
		{`if (x) return; exports.a = 1`, "a", ""},
		{`module.exports = function () {}; module.exports.named = 1`, "named", ""},
		{`async function* f() {} 0 && (module.exports = { a, b, ...require('x') })`, "a,b", "x"},
		{`this is not javascript`, "", ""},
	} {
		names, reexports := CommonJSExports("a.js", c.src)
		if got := strings.Join(names, ","); got != c.names {
			t.Errorf("%s: names %q, want %q", c.src, got, c.names)
		}
		if got := strings.Join(reexports, ","); got != c.reexports {
			t.Errorf("%s: reexports %q, want %q", c.src, got, c.reexports)
		}
	}
}
