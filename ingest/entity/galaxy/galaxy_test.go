package galaxy

import (
	"reflect"
	"strings"
	"testing"

	"hearsay/ingest/news"
)

func TestReadMISP(t *testing.T) {
	got, bad, err := Read(strings.NewReader(`{"type": "threat-actor", "values": [
		{"value": "Grey  Heron", "meta": {"synonyms": ["GH-7", "Grey Heron", "\u202eHeron"], "country": "X!"}},
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
	if !reflect.DeepEqual(got.Entities, want) {
		t.Errorf("%+v, want %+v", got.Entities, want)
	}
	if len(bad) != 4 || !strings.HasPrefix(bad[0].Error(), `object 1: Grey Heron: country "X!"`) || !strings.HasPrefix(bad[1].Error(), "object 2: value") {
		t.Errorf("bad objects: %v, want four, the first two a country and the second object", bad)
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
	if !reflect.DeepEqual(got.Entities, want) {
		t.Errorf("%+v, want %+v", got.Entities, want)
	}
	if len(bad) != 1 || !strings.Contains(bad[0].Error(), "malware--2") {
		t.Errorf("bad objects: %v, want malware--2", bad)
	}
}

// claimsOf are a document's claims as "source: stance certainty: content (nodes)".
func claimsOf(d *news.Document) []string {
	var out []string
	for _, c := range d.Claims {
		who := string(c.Source.Kind)
		if c.Source.Kind == news.Named {
			who = d.Slice(c.Source.Span) + " " + d.Entities[c.Source.Entity].IRI
		}
		p := d.Propositions[c.Propositions[0]]
		out = append(out, who+": "+string(c.Stance)+" "+string(c.Certainty)+": "+d.Slice(c.Content[0])+
			" ("+d.Entities[p.Subject.Entity].IRI+" "+p.Relation.Predicate+" "+d.Entities[p.Object.Entity].IRI+")")
	}
	return out
}

// What a file says of an entity beyond its names is a belief of who made the file.
func TestDocument(t *testing.T) {
	known := []news.Entity{
		{IRI: "hs:NorthKorea", Name: "North Korea", Type: news.Location},
		{IRI: "hs:Iran", Name: "Iran", Type: news.Location, Aliases: []string{"Islamic Republic of Iran"}},
	}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"country and sectors of a galaxy", `{"name": "Actors", "source": "Quiet Lab", "values": [{"value": "Grey Heron", "meta": {"country": "KP",
			"cfr-suspected-state-sponsor": "Iran (Islamic Republic of)", "cfr-suspected-victims": ["Ruritania"], "targeted-sector": ["energy"],
			"cfr-target-category": ["Private sector"], "attribution-confidence": "20"}}]}`, []string{
			"Quiet Lab hs:QuietLab: believes possible: Grey Heron is attributed to North Korea (hs:GreyHeron hs:attributed-to hs:NorthKorea)",
			"Quiet Lab hs:QuietLab: believes possible: Grey Heron is attributed to Iran (hs:GreyHeron hs:attributed-to hs:Iran)",
			"Quiet Lab hs:QuietLab: believes probable: Grey Heron targets Ruritania (hs:GreyHeron hs:targets hs:Ruritania)",
			"Quiet Lab hs:QuietLab: believes probable: Grey Heron targets energy sector (hs:GreyHeron hs:targets hs:EnergySector)",
			"Quiet Lab hs:QuietLab: believes probable: Grey Heron targets Private sector (hs:GreyHeron hs:targets hs:PrivateSector)",
		}},
		{"authors of a galaxy", `{"name": "Actors", "authors": ["Ada Stone", "Bo Reed"], "values": [{"value": "Grey Heron", "meta": {"country": "KP"}}]}`, []string{
			"Ada Stone hs:AdaStone: believes probable: Grey Heron is attributed to North Korea (hs:GreyHeron hs:attributed-to hs:NorthKorea)",
			"Bo Reed hs:BoReed: believes probable: Grey Heron is attributed to North Korea (hs:GreyHeron hs:attributed-to hs:NorthKorea)",
		}},
		{"a galaxy of nobody", `{"name": "Actors", "values": [{"value": "Grey Heron", "meta": {"country": "KP"}}]}`, []string{
			"author: believes probable: Grey Heron is attributed to North Korea (hs:GreyHeron hs:attributed-to hs:NorthKorea)",
		}},
		{"relationships of a bundle", `{"type": "bundle", "objects": [
			{"type": "identity", "id": "identity--1", "name": "Quiet Lab", "identity_class": "organization"},
			{"type": "identity", "id": "identity--2", "name": "Port of Elling", "identity_class": "organization", "sectors": ["transportation"], "created_by_ref": "identity--1"},
			{"type": "intrusion-set", "id": "intrusion-set--1", "name": "Grey Heron", "created_by_ref": "identity--1"},
			{"type": "location", "id": "location--1", "name": "North Korea", "country": "KP"},
			{"type": "relationship", "id": "relationship--1", "relationship_type": "originates-from", "source_ref": "intrusion-set--1", "target_ref": "location--1", "confidence": 30},
			{"type": "relationship", "id": "relationship--2", "relationship_type": "targets", "source_ref": "intrusion-set--1", "target_ref": "identity--2", "created_by_ref": "identity--1"},
			{"type": "relationship", "id": "relationship--3", "relationship_type": "targets", "source_ref": "intrusion-set--1", "target_ref": "identity--9"},
			{"type": "relationship", "id": "relationship--4", "relationship_type": "attributed-to", "source_ref": "intrusion-set--1", "target_ref": "identity--2", "revoked": true}]}`, []string{
			"Quiet Lab hs:QuietLab: believes probable: Port of Elling is in transportation sector (hs:PortOfElling hs:rel/be-in hs:TransportationSector)",
			"Quiet Lab hs:QuietLab: believes possible: Grey Heron originates from North Korea (hs:GreyHeron hs:originates-from hs:NorthKorea)",
			"Quiet Lab hs:QuietLab: believes probable: Grey Heron targets Port of Elling (hs:GreyHeron hs:targets hs:PortOfElling)",
		}},
	} {
		file, bad, err := Read(strings.NewReader(c.text))
		if err != nil || len(bad) > 0 {
			t.Fatalf("%s: %v, %v", c.name, bad, err)
		}
		if got := claimsOf(file.Document("x.json", Merge(known, file.Entities))); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	names, _, err := Read(strings.NewReader(`{"values": [{"value": "Grey Heron", "meta": {"country": "unknown", "synonyms": ["GH-7"]}}]}`))
	if err != nil || names.Document("x.json", nil) != nil {
		t.Errorf("a document of a file that says nothing: %v", err)
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
	f.Add(`{"name":"Actors","source":"Somebody","values":[{"value":"A","meta":{"country":"KP","targeted-sector":["energy"]}}]}`)
	f.Add(`{"values":[{"value":"x","meta":null},3]}`)
	f.Fuzz(func(t *testing.T, text string) {
		c, _, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		known := Merge(nil, c.Entities)
		for _, e := range known {
			if e.IRI == "" || e.Name == "" || e.Type == "" {
				t.Fatalf("incomplete %+v", e)
			}
		}
		d := c.Document("f.json", known)
		if d == nil {
			return
		}
		for _, c := range d.Claims {
			if c.ID == "" || c.Content[0].End > len(d.Text) {
				t.Fatalf("incomplete %+v", c)
			}
		}
	})
}
