# What these do is in scripts; see .ci/, CONTRIBUTING.md and `go run ./bench -h`.

NODE    ?= node
BUN     ?=
SPINDLE ?= dist/spindle

.PHONY: build fmt lint test race bench compat compat-npm differential faults fuzz ci

build:
	CGO_ENABLED=0 go build -trimpath -o dist/spindle ./cmd/spindle

fmt:
	gofmt -w $$(git ls-files '*.go')

lint:
	.ci/lint

test:
	go test ./...

race:
	CGO_ENABLED=1 go test -race ./...

bench: build
	go run ./bench -node $(NODE) $(if $(BUN),-bun $(BUN)) -spindle $(SPINDLE)

compat: build
	cd scripts && $(abspath $(SPINDLE)) compat --expected expected-failures.txt .

# Needs npm, git and a network; NPM_DIR is kept between runs.
compat-npm: build
	go run ./internal/compat/npm -node $(NODE) -spindle $(SPINDLE) $(if $(NPM_DIR),-dir $(NPM_DIR))

# The http server and client beside Node's, over raw TCP (docs/safety.md).
differential: build
	go run ./internal/differential -node $(NODE) -spindle $(SPINDLE) -requests $(or $(REQUESTS),100000) -responses $(or $(RESPONSES),100000) -seed $(or $(SEED),1)

# Hostile peers, done to both; writes the table of docs/safety.md.
faults:
	FAULTS_LARGE=1 FAULTS_REFERENCE=$(NODE) FAULTS_TABLE=../../docs/safety.md go test -count=1 ./internal/faults

fuzz:
	go test ./http/parser -run XXX -fuzz FuzzSplit -fuzztime $(or $(TIME),30m) -fuzzminimizetime 2s -parallel 1

ci:
	.ci/run
