package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/graph"
	"hearsay/seeds"
)

// exported reads the sample articles and writes them in every format into a
// folder, as graph.FORMAT. One claim of each is graded.
func exported(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "seeds"), seeds.Articles); err != nil {
		t.Fatal(err)
	}
	db := "bolt:" + filepath.Join(dir, "seeds.db")
	command(t, "build", "-q", "--db", db, filepath.Join(dir, "seeds"))
	claims := strings.Split(command(t, "query", "who-blames-whom", "--db", db, "--format", "jsonl", "--limit", "1"), `"claim":"<`)
	if len(claims) < 2 {
		t.Fatal("nobody blames anybody in the sample articles")
	}
	id, _, _ := strings.Cut(claims[1], ">")
	command(t, "review", id, "--db", db, "--accept", "--grade", "B2")
	for _, f := range graph.Formats() {
		command(t, "export", "--db", db, "--format", f, "-o", filepath.Join(dir, "graph."+f))
	}
	return dir
}

// TestExportsByOthers has the exports read by other programs than our own: RDF
// libraries, graph libraries, the validator of STIX, and the schemas of GraphML
// and GEXF where HEARSAY_SCHEMAS names their folder.
func TestExportsByOthers(t *testing.T) {
	python := os.Getenv("HEARSAY_PYTHON")
	if python == "" {
		t.Skip("set HEARSAY_PYTHON to a Python with networkx, lxml, rdflib, pyld and stix2-validator")
	}
	args := []string{filepath.Join("testdata", "exports", "read.py"), exported(t)}
	if dir := os.Getenv("HEARSAY_SCHEMAS"); dir != "" {
		args = append(args, dir)
	}
	if out, err := exec.Command(python, args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestExportsInGephi opens the drawings in Gephi, where HEARSAY_GEPHI names the
// jar of its toolkit.
func TestExportsInGephi(t *testing.T) {
	jar := os.Getenv("HEARSAY_GEPHI")
	if jar == "" {
		t.Skip("set HEARSAY_GEPHI to the jar of Gephi's toolkit (gephi-toolkit, -all)")
	}
	dir := exported(t)
	var g struct {
		Nodes []struct{} `xml:"graph>nodes>node"`
		Edges []struct{} `xml:"graph>edges>edge"`
	}
	raw, err := os.ReadFile(filepath.Join(dir, "graph.gexf"))
	if err == nil {
		err = xml.Unmarshal(raw, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("java", "-Djava.awt.headless=true", "-cp", jar, filepath.Join("testdata", "exports", "Gephi.java"),
		filepath.Join(dir, "graph.gexf"), filepath.Join(dir, "graph.graphml")).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// Gephi merges the edges of several stances between two nodes of GraphML.
	nodes := fmt.Sprintf("nodes %d labelled %d edges ", len(g.Nodes), len(g.Nodes))
	if !strings.Contains(string(out), fmt.Sprintf("%s%d\n", nodes, len(g.Edges))) || strings.Count(string(out), nodes) != 2 {
		t.Errorf("Gephi says\n%s\nwant %s%d", out, nodes, len(g.Edges))
	}
}
