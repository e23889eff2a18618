package galaxy

import (
	"reflect"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

func TestReadMISP(t *testing.T) {
	got, bad, err := Read(strings.NewReader(`{"type": "threat-actor", "values": [
		{"value": "Grey  Heron", "meta": {"synonyms": ["GH-7", "Grey Heron", "\u202eHeron"], "country": "XX"}},
		{"value": 7},
		{"value": "!!"},
		{"value": "` + strings.Repeat("a", 10000) + `"},
		{"value": "Loop", "meta": {"synonyms": ["Loop", "loop"]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []news.Entity{
		{Name: "Grey Heron", Type: news.ThreatActor, Aliases: []string{"GH-7", "Heron"}, Named: true, Known: true},
		{Name: "Loop", Type: news.ThreatActor, Aliases: []string{"loop"}, Named: true, Known: true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if len(bad) != 3 || !strings.HasPrefix(bad[0].Error(), "object 2: value") {
		t.Errorf("bad objects: %v, want three, the first the second object", bad)
	}
}

func TestReadSTIX(t *testing.T) {
	got, bad, err := Read(strings.NewReader(`{"type": "bundle", "objects": [
		{"type": "intrusion-set", "id": "intrusion-set--1", "name": "Grey Heron", "aliases": ["GH-7"]},
		{"type": "identity", "id": "identity--1", "name": "Ada Stone", "identity_class": "individual"},
		{"type": "relationship", "id": "relationship--1"},
		{"type": "malware", "id": "malware--1", "name": "OldOne", "revoked": true},
		{"type": "malware", "id": "malware--2", "name": ["x"]},
		{"type": "location", "id": "location--1", "latitude": 1}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []news.Entity{
		{Name: "Grey Heron", Type: news.ThreatActor, Aliases: []string{"GH-7"}, Named: true, Known: true},
		{Name: "Ada Stone", Type: news.Person, Named: true, Known: true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if len(bad) != 1 || !strings.Contains(bad[0].Error(), "malware--2") {
		t.Errorf("bad objects: %v, want malware--2", bad)
	}
}

func TestReadNeither(t *testing.T) {
	for name, text := range map[string]string{"no JSON": "<html>", "another file": `{"a": 1}`, "empty": ""} {
		if _, _, err := Read(strings.NewReader(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestMerge(t *testing.T) {
	known := []news.Entity{
		{IRI: "hs:GreyHeron", Name: "Grey Heron", Type: news.ThreatActor, Aliases: []string{"GH-7"}},
		{IRI: "hs:Mist", Name: "Mist", Type: news.Organization},
	}
	read := []news.Entity{
		{Name: "GH-7", Type: news.ThreatActor, Aliases: []string{"Quiet Bird"}}, // an alias of a known one
		{Name: "Mist", Type: news.Malware},                                      // another thing of the same name
	}
	want := []news.Entity{
		{IRI: "hs:GreyHeron", Name: "Grey Heron", Type: news.ThreatActor, Aliases: []string{"GH-7", "Quiet Bird"}},
		{IRI: "hs:Mist", Name: "Mist", Type: news.Organization},
		{IRI: "hs:Mist_Malware", Name: "Mist", Type: news.Malware},
	}
	if got := Merge(known, read); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"type":"bundle","objects":[{"type":"malware","name":"A"},[],null]}`)
	f.Add(`{"values":[{"value":"x","meta":null},3]}`)
	f.Fuzz(func(t *testing.T, text string) {
		entities, _, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, e := range Merge(nil, entities) {
			if e.IRI == "" || e.Name == "" || e.Type == "" {
				t.Fatalf("incomplete %+v", e)
			}
		}
	})
}
