package web

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/graph"
	"hearsay/queries"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestQueries runs every saved query over two articles built by hand and
// compares its rows with testdata/queries/NAME.golden.
func TestQueries(t *testing.T) {
	s := store(t, twoArticles(t)...)
	set, err := queries.Load()
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string][]map[string]string{
		"who-says":        {{"about": "hs:Ostrava"}, {"about": "hs:Ostrava", "side": "oppose"}, {"about": "hs:attribution", "since": "2031-03-05"}},
		"who-doubts":      {{"about": "hs:Ostrava"}, {}},
		"who-denies":      {{"about": "hs:Ostrava"}},
		"who-blames-whom": {{}, {"whom": "hs:Ostrava"}, {"by": "hs:KestrelLabs"}},
		"who-declined":    {{}, {"who": "Energy Ministry"}},
		"what-does":       {{"source": "Kestrel"}, {"source": "hs:KestrelLabs", "side": "uncommitted"}},
		"documents":       {{}, {"about": "hs:Veldania"}, {"outlet": "The Veldan Mirror"}},
		"attribution":     {{}, {"attack": "hs:MarrowBayOutage"}},
		"numbers":         {{"about": "hs:MarrowBayOutage"}},
		"connect":         {{"from": "hs:Veldania", "to": "hs:KestrelLabs"}},
		"neighbourhood":   {{"of": "hs:Ostrava"}},
		"facts":           {{"of": "hs:KestrelLabs"}},
	}
	for _, q := range set.All() {
		t.Run(q.Name, func(t *testing.T) {
			values := cases[q.Name]
			if q.Name == "evidence" {
				values = []map[string]string{{"claim": claimOf(t, s, "hs:MarrowBayCourier")}}
			}
			if values == nil {
				values = []map[string]string{{}}
			}
			var out bytes.Buffer
			for _, v := range values {
				shown, _ := json.Marshal(v)
				fmt.Fprintf(&out, "-- %s --\n", shown)
				for _, row := range run(t, s, q, v) {
					out.WriteString(row + "\n")
				}
			}
			golden(t, filepath.Join("testdata", "queries", q.Name+".golden"), out.Bytes())
		})
	}
}

func run(t *testing.T, s *graph.Store, q *queries.Query, values map[string]string) []string {
	t.Helper()
	params, err := q.Bind(values, func(name string) (string, error) { return s.Resolve(context.Background(), name) })
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for row, err := range s.Query(context.Background(), q.Source, graph.QueryOptions{Params: params, Library: queries.Library}) {
		if err != nil {
			t.Fatal(err)
		}
		var line bytes.Buffer
		enc := json.NewEncoder(&line)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(row); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.TrimSpace(line.String()))
	}
	return lines
}

func claimOf(t *testing.T, s *graph.Store, source string) string {
	t.Helper()
	for row, err := range s.Query(context.Background(), `g.V(params.source).in("<hs:source>").all()`,
		graph.QueryOptions{Params: map[string]any{"source": "<" + source + ">"}}) {
		if err != nil {
			t.Fatal(err)
		}
		return graph.Cell(row["id"])
	}
	t.Fatalf("%s claims nothing", source)
	return ""
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w, g := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range max(len(w), len(g)) {
		if i >= len(w) || i >= len(g) || w[i] != g[i] {
			t.Fatalf("%s:%d differs (go test -run %s -update writes it anew)\ngot  %s\nwant %s", file, i+1, t.Name(), at(g, i), at(w, i))
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "the end"
}
