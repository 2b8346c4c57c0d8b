// Package perfhooksmod is node:perf_hooks
// (https://nodejs.org/docs/latest-v24.x/api/perf_hooks.html) and the globals of
// it: the clock and histograms in Go, entries and observers in JavaScript, in
// js/, run when they are first asked for.
package perfhooksmod
