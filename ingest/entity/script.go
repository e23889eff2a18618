package entity

import "unicode"

// mixedScripts reports whether one word of a name has letters of two scripts, as
// a name has that only looks like another.
func mixedScripts(name string) bool {
	latin, other := false, false
	for _, r := range name {
		switch {
		case unicode.IsSpace(r):
			latin, other = false, false
		case unicode.Is(unicode.Latin, r):
			latin = true
		case unicode.Is(unicode.Cyrillic, r), unicode.Is(unicode.Greek, r), unicode.Is(unicode.Armenian, r):
			other = true
		}
		if latin && other {
			return true
		}
	}
	return false
}
