package main

import (
	"bytes"
	"os"
	"reflect"
	"testing"

	"hearsay/graph"
	"hearsay/ingest/entity"
	"hearsay/seeds"
)

// What the binary embeds and what readers see must be the same entities.
func TestTableAgreesWithQuads(t *testing.T) {
	table, err := seeds.Entities()
	if err != nil {
		t.Fatal(err)
	}
	fast, err := entity.ReadTable(table)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("../../seeds/entities.nq")
	if err != nil {
		t.Fatal(err)
	}
	slow, err := graph.ReadEntities(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if len(fast) != len(slow) {
		t.Fatalf("%d entities in the table, %d in the quads", len(fast), len(slow))
	}
	for i := range fast {
		if !reflect.DeepEqual(fast[i], slow[i]) {
			t.Fatalf("entity %d: table has %+v, quads %+v", i, fast[i], slow[i])
		}
	}
}
