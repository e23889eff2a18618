package eval

import (
	"strings"
	"testing"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
)

func TestJudgeLinking(t *testing.T) {
	known := entity.NewKnown([]news.Entity{{IRI: "hs:Georgia", Name: "Georgia", Type: news.Location}, {IRI: "hs:Chad", Name: "Chad", Type: news.Location}})
	tests := []struct {
		why          string
		names        [][2]string // annotated, found
		right, wrong int
	}{
		{"the known entity", [][2]string{{"hs:Georgia", "hs:Georgia"}}, 1, 0},
		{"a new one by whatever name", [][2]string{{"hs:Ann", "hs:AnnLee"}, {"hs:Ann", "hs:AnnLee"}}, 2, 0},
		{"not found", [][2]string{{"hs:Georgia", ""}}, 0, 0},
		{"a new one as a known one", [][2]string{{"hs:Georgia_State", "hs:Georgia"}}, 0, 1},
		{"a known one as another", [][2]string{{"hs:Chad", "hs:Georgia"}}, 0, 1},
		{"a known one as a new one", [][2]string{{"hs:Georgia", "hs:Tbilisi"}}, 0, 0},
		{"one in two parts", [][2]string{{"hs:Ann", "hs:AnnLee"}, {"hs:Ann", "hs:AnnLee"}, {"hs:Ann", "hs:Lee"}}, 2, 0},
		{"two in one", [][2]string{{"hs:Ann", "hs:Lee"}, {"hs:Ann", "hs:Lee"}, {"hs:Bob", "hs:Lee"}}, 2, 1},
	}
	for _, tt := range tests {
		c := linking{known: known}
		for _, n := range tt.names {
			c.names = append(c.names, linkedOutcome{gold: n[0], got: n[1]})
		}
		if right, wrong := c.judge(nil); right != tt.right || wrong != tt.wrong {
			t.Errorf("%s: %d right, %d wrongly merged, want %d and %d", tt.why, right, wrong, tt.right, tt.wrong)
		}
	}
}

func TestFindName(t *testing.T) {
	const text = "President Ann Lee of the Bank of Chad"
	d := &news.Document{Text: text, Entities: []news.Entity{{IRI: "hs:AnnLee"}, {IRI: "hs:BankOfChad"}}}
	add := func(name string, e int) {
		at := strings.Index(text, name)
		d.Mentions = append(d.Mentions, news.Mention{Span: news.Span{Start: at, End: at + len(name)}, Entity: e})
	}
	add("President Ann Lee", 0)
	add("Bank of Chad", 1)
	o := news.NewOffsets(text)
	for name, want := range map[string]int{"Ann Lee": 0, "Lee": 0, "President Ann Lee": 0, "Bank of Chad": 1, "Chad": -1, "Ann": -1} {
		at := strings.Index(text, name)
		if got := findName(d, o, linkedName{Start: at, End: at + len(name), Name: name}); got != want {
			t.Errorf("%s: entity %d, want %d", name, got, want)
		}
	}
}

func TestReadLinking(t *testing.T) {
	texts, err := readLinking(strings.NewReader(string(linkingGold) + string(linkingUnseen)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, x := range texts {
		n += len(x.Mentions)
		for _, m := range x.Mentions {
			if m.End-m.Start != len([]rune(m.Name)) || !strings.HasPrefix(m.Entity, "hs:") {
				t.Errorf("%s%s: %+v", x.File, x.URL, m)
			}
		}
	}
	if n < 200 {
		t.Errorf("%d annotated names, want 200 or more", n)
	}
	if _, err := readLinking(strings.NewReader("{\"mentions\": 1}\n")); err == nil || !strings.Contains(err.Error(), "text 1") {
		t.Errorf("malformed gold: %v", err)
	}
}
