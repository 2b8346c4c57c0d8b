package main

// suite is a package whose own tests are run by mocha.
type suite struct {
	name string // in the table, and the folder's
	repo string // on GitHub
	tag  string
	args []string // of mocha; a pattern with a star is expanded
}

// suites are the packages that issue 5 names, at pinned versions. What mocha is
// told is what their own "test" scripts tell it.
var suites = []suite{
	{"express", "expressjs/express", "v5.2.1", []string{"--require", "test/support/env", "--check-leaks", "test/", "test/acceptance/"}},
	{"express4", "expressjs/express", "4.21.2", []string{"--require", "test/support/env", "--check-leaks", "test/", "test/acceptance/"}},
	{"connect", "senchalabs/connect", "3.7.0", []string{"--require", "test/support/env", "--check-leaks", "test/"}},
	{"finalhandler", "pillarjs/finalhandler", "v2.1.1", []string{"--check-leaks", "test/"}},
	{"on-finished", "jshttp/on-finished", "v2.4.1", []string{"--check-leaks", "test/"}},
	{"compression", "expressjs/compression", "v1.8.1", []string{"--check-leaks"}},
	{"morgan", "expressjs/morgan", "1.10.1", []string{"--check-leaks"}},
	{"body-parser", "expressjs/body-parser", "v2.3.0", []string{"--check-leaks", "test/"}},
	{"supertest", "ladjs/supertest", "v6.3.4", []string{"--exit", "--require", "should", "--check-leaks"}},
	{"ws", "websockets/ws", "8.21.0", []string{"--throw-deprecation", "test/*.test.js"}},
	{"http-proxy", "http-party/node-http-proxy", "1.18.1", []string{"test/*-test.js"}},
}
