package recombine

import (
	"math"
	"slices"
	"strings"
	"testing"
)

var texts = []string{
	"Report\n\nJane Miller of Acme Corporation told reporters on Monday that the plant would close. Miller said that nobody was hurt.\n\n" +
		"Minister Karl Brandt denied on Tuesday that the government had known about it.",
	"Anna Weber doubts that the report of Jane Miller is right, and said so to the newspaper.\nToo short.",
}

func TestDocumentIsRepeatable(t *testing.T) {
	a, b := NewSource(texts), NewSource(texts)
	for n := range uint64(50) {
		if a.Document(1, n) != b.Document(1, n) {
			t.Fatalf("document %d differs", n)
		}
	}
	if a.Document(1, 3).Text == a.Document(2, 3).Text {
		t.Error("two seeds make the same document")
	}
	if d := a.Document(1, 0); d.Title == "" || strings.Contains(d.Text, "Too short") || d.Date == "" || d.Outlet == "" {
		t.Errorf("%+v", d)
	}
	if !NewSource([]string{"Nothing here."}).Empty() {
		t.Error("a source without paragraphs isn't empty")
	}
}

// A name is exchanged for the same one wherever it stands, its last word alone
// included.
func TestNamesStayTogether(t *testing.T) {
	s := NewSource(texts[:1])
	for n := range uint64(30) {
		text := s.Document(5, n).Text
		for p := range strings.SplitSeq(text, "\n\n") {
			before, _, ok := strings.Cut(p, " said that nobody")
			if !ok {
				continue
			}
			full, _, _ := strings.Cut(p, " of ")
			if alone := lastWord(before); alone != lastWord(full) {
				t.Errorf("%q became %q in %q", full, alone, p)
			}
		}
	}
}

// Frequencies fall with the rank as Zipf's law has it.
func TestNamesAreZipfDistributed(t *testing.T) {
	s := NewSource(texts)
	count := map[string]int{}
	for n := range uint64(20000) {
		for _, m := range name.FindAllString(s.Document(9, n).Text, -1) {
			count[m]++
		}
	}
	var by []int
	for _, n := range count {
		by = append(by, n)
	}
	slices.SortFunc(by, func(a, b int) int { return b - a })
	slope := math.Log(float64(by[20])/float64(by[199])) / math.Log((199.0+zipfShift)/(20+zipfShift))
	if slope < 0.8 || slope > 1.3 {
		t.Errorf("frequencies fall with exponent %.2f", slope)
	}
}
