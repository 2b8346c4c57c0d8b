package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spindle-js/spindle/internal/dotenv"
)

// envFile is a file of --env-file, or of --env-file-if-exists.
type envFile struct {
	path     string
	optional bool
}

// loadEnvFiles puts the variables of --env-file into the environment: those of
// later files replace those of earlier ones, and what was there before stays
// (https://nodejs.org/docs/latest-v24.x/api/cli.html#--env-filefile).
func (o *options) loadEnvFiles() error {
	values := map[string]string{}
	for _, f := range o.envFiles {
		text, err := os.ReadFile(f.path)
		switch {
		case err == nil:
		case f.optional && errors.Is(err, fs.ErrNotExist):
			fmt.Fprintf(os.Stderr, "%s not found. Continuing without it.\n", f.path)
			continue
		case errors.Is(err, fs.ErrNotExist) || f.path == "":
			return fmt.Errorf("%s: not found", f.path)
		default:
			return fmt.Errorf("%s: %w", f.path, errors.Unwrap(err))
		}
		for _, kv := range dotenv.Parse(string(text)) {
			values[kv[0]] = kv[1]
		}
	}
	for name, value := range values {
		if _, there := os.LookupEnv(name); !there {
			if err := os.Setenv(name, value); err != nil {
				return err
			}
		}
	}
	return nil
}
