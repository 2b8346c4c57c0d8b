// This file is here so that functions may be declared without a body (linked.go).
