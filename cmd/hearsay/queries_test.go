package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"hearsay/queries"
	"hearsay/seeds"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestSeedQueries asks every saved query, with the values of its examples, over
// the sample articles as the whole pipeline reads them, and compares the rows
// with testdata/queries/NAME.csv. What the language stages learn shows here:
// -update writes the files anew, for the diff to be read.
func TestSeedQueries(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "seeds"), seeds.Articles); err != nil {
		t.Fatal(err)
	}
	db := "bolt:" + filepath.Join(dir, "seeds.db")
	command(t, "build", "-q", "--db", db, filepath.Join(dir, "seeds"))
	set, err := queries.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range set.All() {
		t.Run(q.Name, func(t *testing.T) {
			var got bytes.Buffer
			for _, e := range q.Examples {
				if q.Name == "evidence" {
					e = queries.Example{"claim": aClaim(t, db)}
				}
				args := []string{"query", q.Name, "--db", db, "--format", "csv"}
				for _, k := range sorted(e) {
					args = append(args, "--param", k+"="+e[k])
				}
				fmt.Fprintf(&got, "# %s\n%s", strings.Join(append([]string{q.Name}, args[6:]...), " "), command(t, args...))
			}
			compareGolden(t, filepath.Join("testdata", "queries", q.Name+".csv"), got.Bytes())
		})
	}
}

// aClaim is a claim that is about another, so that its evidence is a chain.
func aClaim(t *testing.T, db string) string {
	t.Helper()
	out := command(t, "query", "--db", db, "--gizmo", `g.V("<hs:Claim>").in("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>").in("<hs:content>").all()`, "--format", "csv")
	lines := strings.Split(strings.TrimSpace(out), "\n")[1:]
	sort.Strings(lines)
	if len(lines) == 0 {
		t.Fatal("no claim about a claim in the sample articles")
	}
	return lines[0]
}

func sorted(e queries.Example) []string {
	keys := make([]string, 0, len(e))
	for k := range e {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// command runs a command line in this process and gives its standard output.
func command(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	c := root()
	c.SetOut(&out)
	c.SetArgs(args)
	if err := c.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("hearsay %s: %v", strings.Join(args, " "), err)
	}
	return out.String()
}

func compareGolden(t *testing.T, file string, got []byte) {
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
			t.Fatalf("%s:%d differs (go test ./cmd/hearsay -run SeedQueries -update writes it anew)\ngot  %s\nwant %s", file, i+1, line(g, i), line(w, i))
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "the end"
}
