package queries

import (
	"sort"
	"strings"
)

// Near picks at most three of the candidates that a misspelt name may have
// meant, the nearest first: by edit distance (up to a third of the name's
// length), or because one begins with the other.
func Near(name string, candidates []string) []string {
	type scored struct {
		name string
		d    int
	}
	low := strings.ToLower(name)
	var near []scored
	for _, c := range candidates {
		lc := strings.ToLower(c)
		most := max(1, len(low)/3)
		d := Distance(low, lc, most)
		switch {
		case d <= most:
		case len(low) >= 3 && (strings.HasPrefix(lc, low) || strings.HasPrefix(low, lc)):
			d = len(low) // after the close spellings
		default:
			continue
		}
		near = append(near, scored{c, d})
	}
	sort.SliceStable(near, func(i, j int) bool { return near[i].d < near[j].d })
	names := make([]string, 0, 3)
	for _, n := range near[:min(3, len(near))] {
		names = append(names, n.name)
	}
	return names
}

// Distance is the optimal string alignment distance of two strings: insertions,
// deletions, substitutions, and swaps of neighbours, each counting one. Where it
// is more than most, it is most+1.
func Distance(a, b string, most int) int {
	s, t := []rune(a), []rune(b)
	if d := len(s) - len(t); d > most || -d > most {
		return most + 1
	}
	before, last, now := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return min(last[len(t)], most+1)
}
