package graph

import (
	"bufio"
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"hearsay/ingest/news"
)

// STIX 2.1, for platforms of threat intelligence:
//
//	entity                         -> identity, threat-actor, malware, location, incident …
//	document                       -> report, made by its outlet, with everything from it
//	statement                      -> note: that somebody speaks of it says nothing of its truth
//	claim, asserted without doubt  -> relationship, made by its source
//	claim with any stance          -> opinion of its source on the note, and on relationships that state the same;
//	                                  where it is about no statement, on a note of its words
//	Admiralty grade of information -> confidence of the relationship and the opinion
//
// What a copy of a text repeats is there once. Only what an analyst graded has a
// confidence. What an analyst rejected is left
// out, what was corrected is as corrected. Entities of other kinds, such as works
// and dates, have no object of STIX: statements about them are notes on the rest.

// stixObject is an object in the order of its properties.
type stixObject struct {
	Type        string       `json:"type"`
	SpecVersion string       `json:"spec_version"`
	ID          string       `json:"id"`
	CreatedBy   string       `json:"created_by_ref,omitempty"`
	Created     string       `json:"created,omitempty"`
	Modified    string       `json:"modified,omitempty"`
	Name        string       `json:"name,omitempty"`
	Description string       `json:"description,omitempty"`
	Class       string       `json:"identity_class,omitempty"`
	Sectors     []string     `json:"sectors,omitempty"`
	Aliases     []string     `json:"aliases,omitempty"`
	Family      *bool        `json:"is_family,omitempty"`
	Region      string       `json:"region,omitempty"`
	Relation    string       `json:"relationship_type,omitempty"`
	Source      string       `json:"source_ref,omitempty"`
	Target      string       `json:"target_ref,omitempty"`
	Explanation string       `json:"explanation,omitempty"`
	Authors     []string     `json:"authors,omitempty"`
	Opinion     string       `json:"opinion,omitempty"`
	Content     string       `json:"content,omitempty"`
	Published   string       `json:"published,omitempty"`
	Refs        []string     `json:"object_refs,omitempty"`
	Confidence  *int         `json:"confidence,omitempty"`
	Labels      []string     `json:"labels,omitempty"`
	External    []stixSource `json:"external_references,omitempty"`
}

// stixSource is where something stands outside of STIX.
type stixSource struct {
	Name        string `json:"source_name"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
	ID          string `json:"external_id,omitempty"`
}

// stixEpoch dates what has no date: STIX demands one, and the clock's would make
// every export another.
const stixEpoch = "1970-01-01T00:00:00.000Z"

// stixBundle gathers the objects.
type stixBundle struct {
	*network
	base    string
	speaks  map[string]bool // places that speak or act are bodies, not places
	objects map[string]*stixObject
	of      map[string][]string // relationships by the statement that they state
	in      map[string]map[string]bool
}

// stix writes a bundle.
func (n *network) stix(w *bufio.Writer, base string) error {
	b := &stixBundle{network: n, base: base, speaks: map[string]bool{}, objects: map[string]*stixObject{}, of: map[string][]string{}, in: map[string]map[string]bool{}}
	claims := make([]*linkClaim, 0, len(n.claim))
	for _, id := range sorted(n.claim) {
		if c := n.claim[id]; !n.rejected(c) && !n.repeated(c) && c.source != "" {
			claims = append(claims, c)
			b.speaks[n.sourceOf(c)] = true
		}
	}
	for _, p := range n.prop {
		if p.predicate == "hs:attributed-to" || p.predicate == "hs:involvedIn" {
			b.speaks[p.object], b.speaks[p.subject] = true, true
		}
	}
	for _, c := range claims {
		b.relationships(c)
	}
	for _, c := range claims {
		b.opinions(c)
	}
	for _, id := range sorted(b.in) {
		b.report(id, sorted(b.in[id]))
	}
	return b.write(w)
}

func (b *stixBundle) write(w *bufio.Writer) error {
	list := make([]*stixObject, 0, len(b.objects))
	for _, id := range sorted(b.objects) {
		list = append(list, b.objects[id])
	}
	w.WriteString(`{"type": "bundle", "id": "bundle--` + stixUUID(strings.Join(sorted(b.objects), " ")) + `", "objects": `)
	begun := false
	for _, o := range list {
		if err := writeItem(w, &begun, o); err != nil {
			return err
		}
	}
	if !begun {
		_, err := w.WriteString("[]}\n")
		return err
	}
	_, err := w.WriteString("\n]}\n")
	return err
}

// stixUUID is a UUID of version 5 in a namespace of hearsay's own.
func stixUUID(name string) string {
	sum := sha1.Sum([]byte("urn:hearsay:stix\x00" + name))
	return formatUUID(sum[:16])
}

func formatUUID(u []byte) string {
	u = slices.Clone(u)
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	h := hex.EncodeToString(u)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// softwareNamespace is the one of the specification, for objects whose ids are
// made of what they are.
var softwareNamespace = []byte{0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c, 0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15, 0xa9, 0xb7}

// put keeps an object under its id and says which document it is from.
func (b *stixBundle) put(o *stixObject, document string) string {
	if b.objects[o.ID] == nil {
		o.SpecVersion = "2.1"
		b.objects[o.ID] = o
	}
	if document != "" {
		if b.in[document] == nil {
			b.in[document] = map[string]bool{}
		}
		b.in[document][o.ID] = true
	}
	return o.ID
}

// dated is when a document appeared.
func (b *stixBundle) dated(document string) string {
	if d := b.documents[document]; d != nil && d.date != "" {
		return strings.TrimSuffix(d.date, "Z") + ".000Z" // to the millisecond, as STIX wants it
	}
	return stixEpoch
}

// entity is the id of an entity's object, "" for what STIX has none for.
func (b *stixBundle) entity(id, document string) string {
	o := &stixObject{Name: b.name(id), Created: stixEpoch, Modified: stixEpoch, External: []stixSource{{Name: "hearsay", ID: expandIRI(id, b.base)}}}
	if !b.describe(o, id) {
		return ""
	}
	if o.ID == "" {
		o.ID = o.Type + "--" + stixUUID(id)
	}
	return b.put(o, document)
}

var cve = regexp.MustCompile(`^CVE-\d{4}-\d{4,}$`)

// describe fills in what tells the kinds of entities apart.
func (b *stixBundle) describe(o *stixObject, id string) bool {
	switch kind := news.EntityType(b.kind(id)); kind {
	case news.Person:
		o.Type, o.Class = "identity", "individual"
	case news.Organization:
		o.Type, o.Class = "identity", "organization"
	case news.Location:
		if !b.speaks[id] {
			o.Type, o.Region = "location", o.Name
			return true
		}
		o.Type, o.Class = "identity", "organization"
		if b.classes[id] == Country {
			o.Sectors = []string{"government-national"}
		}
	case news.ThreatActor:
		o.Type, o.Aliases = "threat-actor", b.aliases[id]
	case news.Malware:
		family := true
		o.Type, o.Family, o.Aliases = "malware", &family, b.aliases[id]
	case news.Vulnerability:
		o.Type = "vulnerability"
		if cve.MatchString(o.Name) {
			o.External = append(o.External, stixSource{Name: "cve", ID: o.Name})
		}
	case news.Event:
		o.Type = "incident"
	case news.Product:
		b.software(o)
	case "unnamed":
		o.Type, o.Class = "identity", "unknown"
	case "document":
		return b.outlet(o, id)
	default:
		return false
	}
	return true
}

// software is an observable: it has no dates, and its id is made of its name.
func (b *stixBundle) software(o *stixObject) {
	key, _ := json.Marshal(map[string]string{"name": o.Name})
	sum := sha1.Sum(append(slices.Clone(softwareNamespace), key...))
	*o = stixObject{Type: "software", ID: "software--" + formatUUID(sum[:16]), Name: o.Name}
}

// outlet is who speaks where a document does in its own voice.
func (b *stixBundle) outlet(o *stixObject, document string) bool {
	d := b.documents[document]
	name := cmp.Or(d.outlet, d.headline, d.id)
	*o = stixObject{Type: "identity", ID: "identity--" + stixUUID("outlet "+name), Name: name, Class: "organization", Created: stixEpoch, Modified: stixEpoch}
	if d.outlet == "" {
		o.Class = "unknown"
	}
	return true
}

// cited is where a claim stands.
func (b *stixBundle) cited(c *linkClaim) []stixSource {
	ref := stixSource{Name: "hearsay", ID: expandIRI(c.id, b.base)}
	d := b.documents[c.document]
	if d == nil {
		return []stixSource{ref}
	}
	list := []stixSource{ref, {Name: cmp.Or(d.outlet, d.headline, d.id), Description: d.headline, URL: d.url}}
	if list[1].Description == "" && d.url == "" {
		list[1].Description = d.id
	}
	return list
}

// labels are a claim's stance and certainty, and that an analyst accepted or
// corrected it.
func (b *stixBundle) labels(c *linkClaim) []string {
	list := []string{string(b.stanceOf(c))}
	if c.certainty != "" {
		list = append(list, "certainty-"+c.certainty)
	}
	if d := b.decisions[c.id]; d != nil {
		list = append(list, map[Verdict]string{Accept: "review-accepted", Correct: "review-corrected"}[d.Verdict])
	}
	return list
}

// confidence is the middle of the range that STIX gives the Admiralty code's
// credibility, nil where no analyst judged it.
func (b *stixBundle) confidence(c *linkClaim) *int {
	d := b.decisions[c.id]
	if d == nil {
		return nil
	}
	value, ok := map[string]int{"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}[d.Credibility]
	if !ok {
		return nil
	}
	return &value
}

// relationships writes one for each statement that a claim asserts without
// reserve, where both of its ends are objects.
func (b *stixBundle) relationships(c *linkClaim) {
	stance := b.stanceOf(c)
	asserted := stance == news.Asserts || stance == news.Confirms || stance == news.Blames
	if !asserted || c.certainty != string(news.Certain) {
		return
	}
	for _, id := range c.contents {
		p := b.prop[id]
		if p == nil || p.polarity != string(news.Positive) || p.subject == "" || p.object == "" {
			continue
		}
		from, to := b.entity(p.subject, c.document), b.entity(p.object, c.document)
		by := b.entity(b.sourceOf(c), c.document)
		if from == "" || to == "" {
			continue
		}
		when := b.dated(c.document)
		rel := b.put(&stixObject{Type: "relationship", ID: "relationship--" + stixUUID(c.id+" "+id), CreatedBy: author(by), Created: when, Modified: when,
			Relation: relationType(p.predicate), Source: from, Target: to, Description: b.words[b.said[c.id].evidence],
			Confidence: b.confidence(c), Labels: b.labels(c), External: b.cited(c)}, c.document)
		b.of[id] = append(b.of[id], rel)
	}
}

// author is who may have made an object: identities only.
func author(id string) string {
	if strings.HasPrefix(id, "identity--") {
		return id
	}
	return ""
}

// relationType is a predicate as STIX writes them: small letters and hyphens.
func relationType(predicate string) string {
	var b strings.Builder
	for _, r := range localName(predicate) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-':
			b.WriteRune(r)
		case r >= 'A' && r <= 'Z':
			b.WriteString("-" + string(r+'a'-'A'))
		default:
			b.WriteByte('-')
		}
	}
	return cmp.Or(strings.Trim(b.String(), "-"), "related-to")
}

// opinionOf is what a stance says of a statement that somebody else may hold.
func opinionOf(s news.Stance) string {
	switch s {
	case news.Confirms:
		return "strongly-agree"
	case news.Denies:
		return "strongly-disagree"
	case news.Doubts:
		return "disagree"
	case news.Asserts, news.Estimates, news.Suggests, news.Believes, news.Predicts, news.Warns, news.Blames:
		return "agree"
	}
	return "neutral" // suspends judgment, asks, won't say; praise, blame and demands say nothing of truth
}

// opinions writes what the claim's source holds of each statement: of the note,
// and of the relationships by which others assert it.
func (b *stixBundle) opinions(c *linkClaim) {
	any := false
	for _, id := range c.contents {
		note := b.note(id, c.document)
		if note == "" {
			continue
		}
		refs := []string{note}
		for _, rel := range b.of[id] {
			if rel != "relationship--"+stixUUID(c.id+" "+id) {
				refs = append(refs, rel)
			}
		}
		b.opinion(c, id, refs)
		any = true
	}
	if !any && b.said[c.id].kind != string(news.Author) {
		if note := b.spoken(c); note != "" {
			b.opinion(c, "", []string{note})
		}
	}
}

// opinion writes what the claim's source holds of a statement, "" for its words.
func (b *stixBundle) opinion(c *linkClaim, statement string, refs []string) {
	by, when := b.entity(b.sourceOf(c), c.document), b.dated(c.document)
	b.put(&stixObject{Type: "opinion", ID: "opinion--" + stixUUID(c.id+" "+statement), CreatedBy: author(by), Created: when, Modified: when,
		Explanation: b.words[b.said[c.id].evidence], Authors: []string{b.voice(c)}, Opinion: opinionOf(b.stanceOf(c)), Refs: refs,
		Confidence: b.confidence(c), Labels: b.labels(c), External: b.cited(c)}, c.document)
}

// spoken is a note of a claim's words, on whom it is directed at, else on who
// says it; "" where neither has an object.
func (b *stixBundle) spoken(c *linkClaim) string {
	content := cmp.Or(b.said[c.id].text, b.words[b.said[c.id].evidence])
	var refs []string
	for _, id := range append(slices.Clone(c.targets), b.sourceOf(c)) {
		if ref := b.entity(id, c.document); ref != "" && !contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	if content == "" || len(refs) == 0 {
		return ""
	}
	when := b.dated(c.document)
	return b.put(&stixObject{Type: "note", ID: "note--" + stixUUID("words "+c.id), Created: when, Modified: when, Content: content, Refs: refs[:1],
		Labels: []string{"words"}, External: b.cited(c)}, c.document)
}

// note is a statement; "" for one that no object takes part in.
func (b *stixBundle) note(id, document string) string {
	p := b.prop[id]
	if p == nil {
		return ""
	}
	var refs []string
	for _, end := range []string{p.subject, p.object} {
		if end == "" {
			continue
		}
		if ref := b.entity(end, document); ref != "" && !contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	if len(refs) == 0 {
		return ""
	}
	return b.put(&stixObject{Type: "note", ID: "note--" + stixUUID(id), Created: stixEpoch, Modified: stixEpoch, Content: b.name(id), Refs: refs,
		Labels: []string{"statement"}, External: []stixSource{{Name: "hearsay", ID: expandIRI(id, b.base)}}}, document)
}

// report is a document with everything that was read out of it.
func (b *stixBundle) report(document string, refs []string) {
	d := b.documents[document]
	if d == nil {
		return
	}
	when := b.dated(document)
	by := b.entity(document, "")
	ref := stixSource{Name: "hearsay", ID: expandIRI(document, b.base), URL: d.url}
	b.put(&stixObject{Type: "report", ID: "report--" + stixUUID(document), CreatedBy: author(by), Created: when, Modified: when,
		Name: cmp.Or(d.headline, d.id), Published: when, Refs: refs, External: []stixSource{ref}}, "")
}
