// Package processmod is the process object
// (https://nodejs.org/docs/latest-v24.x/api/process.html): identity, exit,
// ticks, warnings, uncaught exceptions and unhandled rejections, signals,
// standard streams.
package processmod
