module github.com/spindle-js/spindle

go 1.26
