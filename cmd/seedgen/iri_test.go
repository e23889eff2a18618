package main

import (
	"testing"

	"hearsay/ingest/entity"
	"hearsay/seeds"
)

// Names that analysts type, and documents in the field rely on.
func TestEverydayIRIs(t *testing.T) {
	table, err := seeds.Entities()
	if err != nil {
		t.Fatal(err)
	}
	entities, err := entity.ReadTable(table)
	if err != nil {
		t.Fatal(err)
	}
	known := entity.NewKnown(entities)
	for iri, alias := range map[string]string{
		"hs:NorthKorea": "DPRK", "hs:UnitedStates": "U.S.", "hs:FBI": "Federal Bureau of Investigation",
		"hs:Kaspersky": "Kaspersky Lab", "hs:Symantec": "Symantec", "hs:Europol": "European Police Office",
		"hs:LazarusGroup": "HIDDEN COBRA", "hs:FancyBear": "APT28", "hs:WannaCry": "WannaCrypt", "hs:UnitedNations": "UN",
	} {
		found := false
		for _, e := range known.Named(alias) {
			found = found || e.IRI == iri
		}
		if !found {
			t.Errorf("%q isn't a name of %s", alias, iri)
		}
	}
}

// MISP tells agencies of one name apart by their country, and some malware is
// called like a nationality.
func TestNotNames(t *testing.T) {
	table, err := seeds.Entities()
	if err != nil {
		t.Fatal(err)
	}
	entities, err := entity.ReadTable(table)
	if err != nil {
		t.Fatal(err)
	}
	known := entity.NewKnown(entities)
	for name, iri := range map[string]string{"Bahrain": "hs:NSA", "Russia": "hs:SVR", "Korean": "hs:Korean", "Pakistan": "hs:IntelligenceBureauOfPakistan"} {
		for _, e := range known.Named(name) {
			if e.IRI == iri {
				t.Errorf("%q is a name of %s", name, iri)
			}
		}
	}
	for name, iri := range map[string]string{"Texas": "hs:Texas", "Washington": "hs:WashingtonDC", "National Security Agency": "hs:NSA"} {
		found := false
		for _, e := range known.Named(name) {
			found = found || e.IRI == iri
		}
		if !found {
			t.Errorf("%q is no name of %s", name, iri)
		}
	}
}
