package events

// Undefined is an argument of an Override that the host shows as undefined; nil
// is null.
var Undefined any = undefined{}

type undefined struct{}
