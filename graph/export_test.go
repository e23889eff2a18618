package graph

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

// The writers of the formats must agree with other readers of them.
func TestExportFormats(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, "memory:", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Put(ctx, kaspersky("a.txt")); err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range Formats() {
		var b bytes.Buffer
		if err := s.Export(ctx, &b, ExportOptions{Format: f}); err != nil {
			t.Fatal(err)
		}
		out[f] = b.Bytes()
	}
	n := bytes.Count(out["nquads"], []byte("\n"))
	records, err := csv.NewReader(bytes.NewReader(out["csv"])).ReadAll()
	if err != nil || len(records) != n+1 {
		t.Errorf("csv: %d records, %v; want %d", len(records), err, n+1)
	}
	var rows []map[string]string
	if err := json.Unmarshal(out["json"], &rows); err != nil || len(rows) != n {
		t.Errorf("json: %d rows, %v; want %d", len(rows), err, n)
	}
	var graphs []map[string]any
	if err := json.Unmarshal(out["jsonld"], &graphs); err != nil || len(graphs) == 0 {
		t.Errorf("jsonld: %d graphs, %v", len(graphs), err)
	}
	var ml struct {
		Graph struct {
			Nodes []struct {
				ID string `xml:"id,attr"`
			} `xml:"node"`
			Edges []struct {
				Source string `xml:"source,attr"`
				Target string `xml:"target,attr"`
			} `xml:"edge"`
		} `xml:"graph"`
	}
	if err := xml.Unmarshal(out["graphml"], &ml); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, node := range ml.Graph.Nodes {
		if ids[node.ID] || strings.ContainsAny(node.ID, "/#=,% ") {
			t.Errorf("graphml: node %q is there twice, or no NMTOKEN", node.ID)
		}
		ids[node.ID] = true
	}
	for _, e := range ml.Graph.Edges {
		if !ids[e.Source] || !ids[e.Target] {
			t.Errorf("graphml: edge from %s to %s has no node at one end", e.Source, e.Target)
		}
	}
	// Kaspersky suspends judgment on who did it; the document states that it spread.
	for _, want := range []string{"hs:Kaspersky,hs:attribution,suspends judgment,1,stance,hs:suspends-judgment,uncommitted,unknown,1,1,",
		"hs:WannaCry,hs:Spain,spread to,1,fact,"} {
		if !strings.Contains(string(out["csv-edges"]), want) {
			t.Errorf("csv-edges lacks %s:\n%s", want, out["csv-edges"])
		}
	}
	var bundle struct{ Objects []stixObject }
	if err := json.Unmarshal(out["stix"], &bundle); err != nil || len(bundle.Objects) == 0 {
		t.Errorf("stix: %d objects, %v", len(bundle.Objects), err)
	}
	if !strings.Contains(string(out["trig"]), "hs:Kaspersky hs:doubts hs:attribution") {
		t.Errorf("trig:\n%s", out["trig"])
	}
	if err := s.Export(ctx, io.Discard, ExportOptions{Format: "turtle"}); err == nil || !strings.Contains(err.Error(), "graphml") {
		t.Errorf("unknown format: %v, want an error that names the formats", err)
	}
}

func TestExportImportRoundTrip(t *testing.T) {
	ctx := context.Background()
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			d := kaspersky("a.txt")
			d.Title = "tab\tquote\" back\\slash\r\nnew <line> Zoë 東京 \u0085\u200d"
			if _, err := s.Put(ctx, d); err != nil {
				t.Fatal(err)
			}
			export := func(s *Store, base string) string {
				var b bytes.Buffer
				if err := s.Export(ctx, &b, ExportOptions{Format: "nquads", Base: base}); err != nil {
					t.Fatal(err)
				}
				return b.String()
			}
			for _, base := range []string{"", "https://example.org/id/"} {
				other, err := Open(ctx, "memory:", Options{})
				if err != nil {
					t.Fatal(err)
				}
				if _, err := other.Import(ctx, strings.NewReader(export(s, base)), ImportOptions{Strict: true, Base: base}); err != nil {
					t.Fatal(err)
				}
				if got, want := export(other, ""), export(s, ""); got != want {
					t.Errorf("base %q: import of the export exports\n%s\nwant\n%s", base, got, want)
				}
				other.Close()
			}
		})
	}
}

func TestImportReportsLines(t *testing.T) {
	ctx := context.Background()
	const in = "<hs:a> <hs:b> <hs:c> .\n# comment\n\n<hs:a> <hs:b> oops .\n<hs:a> \"b\" <hs:c> .\n<hs:d> <hs:e> \"f\"@en-GB <hs:g> . # end\r\n<hs:x y> <hs:e> \"f\" .\n"
	s, err := Open(ctx, "memory:", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var bad []int
	res, err := s.Import(ctx, strings.NewReader(in), ImportOptions{Skipped: func(e LineError) { bad = append(bad, e.Line) }})
	if err != nil || res.Quads != 2 || res.Skipped != 3 || len(bad) != 3 || bad[0] != 4 || bad[1] != 5 || bad[2] != 7 {
		t.Errorf("Import = %+v, bad lines %v, %v", res, bad, err)
	}
	var line LineError
	if _, err := s.Import(ctx, strings.NewReader(in), ImportOptions{Strict: true}); !errors.As(err, &line) || line.Line != 4 ||
		!strings.Contains(err.Error(), "character 15") {
		t.Errorf("strict Import: %v, want an error at line 4, character 15", err)
	}
}

func TestSorterSpills(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := &sorter{limit: 40}
	for _, l := range []string{"d\n", "b\n", "a longer line than the others have\n", "c\n", "b\n", "aa\n", "another rather long line, for a run of its own\n"} {
		if err := s.add([]byte(l)); err != nil {
			t.Fatal(err)
		}
	}
	var got strings.Builder
	if err := s.each(func(l []byte) error { got.Write(l); return nil }); err != nil {
		t.Fatal(err)
	}
	s.close()
	want := "a longer line than the others have\naa\nanother rather long line, for a run of its own\nb\nc\nd\n"
	if got.String() != want {
		t.Errorf("got %q, want %q", got.String(), want)
	}
}

func TestNativeLiterals(t *testing.T) {
	for in, want := range map[string]quad.Value{
		`"7"^^<` + NSXSD + `integer>`:                       quad.Int(7),
		`"007"^^<` + NSXSD + `integer>`:                     quad.TypedString{Value: "007", Type: NSXSD + "integer"},
		`"3.0E5"^^<` + NSXSD + `double>`:                    quad.Float(300000),
		`"1.50"^^<` + NSXSD + `double>`:                     quad.TypedString{Value: "1.50", Type: NSXSD + "double"},
		`"true"^^<` + NSXSD + `boolean>`:                    quad.Bool(true),
		`"1"^^<` + NSXSD + `boolean>`:                       quad.TypedString{Value: "1", Type: NSXSD + "boolean"},
		`"2017-05-15T10:00:00.5Z"^^<` + NSXSD + `dateTime>`: quad.TypedString{Value: "2017-05-15T10:00:00.5Z", Type: NSXSD + "dateTime"},
		`"a"^^<` + NSXSD + `string>`:                        quad.String("a"),
		`"\u00e9\n\U0001F600"`:                              quad.String("é\n😀"),
	} {
		q, _, err := ParseNQuad("<hs:a> <hs:b> " + in + " .")
		if err != nil || q.Object != want {
			t.Errorf("%s: %#v, %v; want %#v", in, q.Object, err, want)
		}
		again, _, err := ParseNQuad(strings.TrimSuffix(string(AppendNQuad(nil, q)), "\n"))
		if err != nil || again != q {
			t.Errorf("%s: written and read again %#v, %v", in, again, err)
		}
	}
}

func FuzzParseNQuad(f *testing.F) {
	for _, s := range []string{`<hs:a> <hs:b> "c"@en <hs:d> .`, `_:a <hs:b> "\u0041\\"^^<hs:t> . # x`, `<a> <b> <c> .`, "<hs:a\\u0020> <hs:b> <hs:c> .", `_:a. <hs:b> _:b..`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) { keepsQuad(t, line) })
}
