package wtf8

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// JSONString is a string that keeps the lone surrogates which JSON may escape,
// and which encoding/json replaces.
type JSONString string

// UnmarshalJSON reads a JSON string; null is "".
func (s *JSONString) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*s = ""
		return nil
	}
	if len(data) < 2 || data[0] != '"' {
		return fmt.Errorf("not a JSON string: %s", data)
	}
	var units []uint16
	for i := 1; i < len(data)-1; {
		end := i
		switch {
		case data[i] == '\\' && data[i+1] == 'u':
			unit, err := strconv.ParseUint(string(data[i+2:i+6]), 16, 16)
			if err != nil {
				return err
			}
			units = append(units, uint16(unit))
			i += 6
			continue
		case data[i] == '\\':
			end = i + 2
		default:
			for end < len(data)-1 && data[end] != '\\' {
				end++
			}
		}
		var text string
		if err := json.Unmarshal([]byte(`"`+string(data[i:end])+`"`), &text); err != nil {
			return err
		}
		units = append(units, ToUTF16(text)...)
		i = end
	}
	*s = JSONString(FromUTF16(units))
	return nil
}
