// Package news holds the nouns that every stage shares: documents, sentences,
// tokens, mentions, entities, propositions, claims and the spans that tie them
// to the text. It has no knowledge of how any of them is found.
package news

import "time"

// Span is a half-open range of byte offsets into Document.Text. Spans always
// fall on the borders of code points. The output contract counts code points:
// see Offsets.
type Span struct{ Start, End int }

// Len is the span's length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether the span covers nothing; the zero Span is empty.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether t lies wholly within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Cover is the smallest span that contains both; an empty span counts for nothing.
func (s Span) Cover(t Span) Span {
	switch {
	case s.Empty():
		return t
	case t.Empty():
		return s
	}
	return Span{min(s.Start, t.Start), max(s.End, t.End)}
}

// Document is one version of one article: its text, which no stage alters, and
// the layers that the stages put over it, each a slice in order of position.
type Document struct {
	ID   string // identity: JSONL id, else URL, else path relative to the folder argument
	IRI  string // hs:doc/NAME-HASH, see DocumentIRI
	Text string // the plain text that all spans point into, valid UTF-8

	Title     string
	Outlet    string // publisher, as its readers know it
	Author    string
	URL       string
	Published time.Time // UTC, zero where unknown
	Language  string    // ISO 639-1, "" where unknown

	Regions      []Region // what is not plain body text; anything not covered is body
	Sentences    []Sentence
	Tokens       []Token // of all sentences, see Sentence.First and Sentence.End
	Quotes       []Quote
	Mentions     []Mention
	Entities     []Entity
	Propositions []Proposition
	Claims       []Claim

	kids []kin // child lists of the trees, see IndexTrees
}

// RegionKind says what a part of a document is.
type RegionKind uint8

// The kinds of region.
const (
	Body        RegionKind = iota
	Headline               // the title or a heading: headline grammar
	Dateline               // "SEOUL (Reuters) -", a date line, a byline
	Boilerplate            // navigation, captions, adverts, "Latest News": kept, never read for claims
)

// Region is a part of the text that is not plain body.
type Region struct {
	Span
	Kind RegionKind
}

// Sentence is a run of tokens. Every token belongs to exactly one sentence.
type Sentence struct {
	Span           // from its first token's start to its last token's end
	First, End int // its tokens are Document.Tokens[First:End]
	Kind       RegionKind
	NewPar     bool // first of its paragraph
}

// Token is a syntactic word of Universal Dependencies over the characters that
// it stands for. Where one written word is several tokens (don't = do + n't)
// they split its characters between them.
type Token struct {
	Span
	Lemma  string
	UPOS   string // NOUN, VERB, … of UD v2
	XPOS   string // Penn Treebank tag
	Feats  string // CoNLL-U features, "Mood=Ind|Tense=Past", "" for none
	Head   int    // relative: the head is the token at index i+Head; 0 for the root
	Deprel string // UD v2 relation with subtype, "nsubj:pass"; "root" for the root
}

// Quote is a passage between quotation marks.
type Quote struct {
	Span        // with its marks
	Inner  Span // without them
	Closed bool // false where the closing mark is missing, as in a quotation that runs over paragraphs
}

// MentionKind says how a mention refers.
type MentionKind uint8

// The kinds of mention.
const (
	Name MentionKind = iota
	Nominal
	Pronoun
)

// Mention is a place where the text refers to something.
type Mention struct {
	Span
	Head   int // index of the head token in Document.Tokens
	Kind   MentionKind
	Type   EntityType
	Entity int    // index into Document.Entities, -1 where unresolved
	Value  string // ISO 8601 for dates and times, a number for money and quantities, else ""
	Rule   string // why it was resolved so: "exact-name", "alias:HIDDEN COBRA", "pronoun:subject", "metonym:capital", …
}

// EntityType is a type of the output contract.
type EntityType string

// The entity types.
const (
	Person        EntityType = "person"
	Organization  EntityType = "organization"
	Location      EntityType = "location"
	Event         EntityType = "event"
	Malware       EntityType = "malware"
	ThreatActor   EntityType = "threat-actor"
	Vulnerability EntityType = "vulnerability"
	Product       EntityType = "product"
	Work          EntityType = "work"
	Date          EntityType = "date"
	Money         EntityType = "money"
	QuantityType  EntityType = "quantity"
	Other         EntityType = "other"
)

// Entity is what mentions refer to: a known entity, a named one found in the
// document, or a described one without a name.
type Entity struct {
	IRI     string // hs:NorthKorea; hs:doc/…#char=a,b for one without a name
	Name    string // fullest or everyday name; the description where there is no name
	Type    EntityType
	Aliases []string
	Named   bool
	Known   bool     // one of the known entities, whose IRI it has
	Roles   []string // what the text calls a named person or body: "mayor of Ashford", sorted
	Merged  []string // why mentions or a known entity were merged into it, one "rule: evidence" each
}

// Polarity says whether something is affirmed or negated.
type Polarity string

// The polarities.
const (
	Positive        Polarity = "positive"
	Negative        Polarity = "negative"
	PolarityUnknown Polarity = "unknown"
)

// Certainty is the commitment of whoever speaks.
type Certainty string

// The certainties.
const (
	Certain          Certainty = "certain"
	Probable         Certainty = "probable"
	Possible         Certainty = "possible"
	CertaintyUnknown Certainty = "unknown"
)

// Argument is a participant of a proposition.
type Argument struct {
	Span
	Head   int    // index of the head token
	Entity int    // index into Document.Entities, -1 for none
	Role   string // "" for subject and object; time, place, instrument, manner or other
	Value  string // normalised value of a time, see Mention.Value
}

// Bound says how a quantity is bounded.
type Bound string

// The bounds.
const (
	Exactly  Bound = "exact"
	MoreThan Bound = "more-than"
	AtLeast  Bound = "at-least"
	LessThan Bound = "less-than"
	AtMost   Bound = "at-most"
	About    Bound = "about"
)

// Quantity is a number with what it counts.
type Quantity struct {
	Span
	Value float64
	Bound Bound
	Unit  string // lemma of what is counted: "computer"
}

// Relation is the predicate of a proposition.
type Relation struct {
	Span             // empty where the words are not contiguous
	Tokens    []int  // indices of its tokens, in order
	Text      string // its words, joined by spaces
	Lemma     string // "be involved in"
	Predicate string // IRI: hs:involvedIn, or hs:rel/be-similar-to
	Inverse   bool   // the canonical predicate takes the arguments the other way round
}

// Proposition is a statement that somebody may hold. Being listed is not being
// asserted.
type Proposition struct {
	ID         string // hs:prop/ and 20 hexadecimal digits, see Document.IdentifyPropositions
	Sentence   int    // index into Document.Sentences
	Head       int    // index of the token that heads the relation
	Subject    Argument
	Relation   Relation
	Object     Argument // empty span where there is none
	Arguments  []Argument
	Quantity   *Quantity
	Polarity   Polarity
	Certainty  Certainty
	Confidence float64 // 0 to 1: how sure the extraction is, not the speaker
	Label      string  // a readable sentence, a function of the id's parts alone
}

// SourceKind says how much is known of who speaks.
type SourceKind string

// The kinds of source.
const (
	Named      SourceKind = "named"
	Unnamed    SourceKind = "unnamed"
	Author     SourceKind = "author"
	Unresolved SourceKind = "unresolved"
)

// Source is who makes a claim.
type Source struct {
	Span   // as written at that place; empty for the author
	Kind   SourceKind
	Name   string // resolved name, "" where there is none
	Entity int    // index into Document.Entities, -1 for none
	Head   int    // index of the head token, -1 for the author
}

// Stance is what a source does with the content.
type Stance string

// The stances.
const (
	Asserts          Stance = "asserts"
	Confirms         Stance = "confirms"
	Estimates        Stance = "estimates"
	Suggests         Stance = "suggests"
	Believes         Stance = "believes"
	Predicts         Stance = "predicts"
	Warns            Stance = "warns"
	Doubts           Stance = "doubts"
	SuspendsJudgment Stance = "suspends-judgment"
	Denies           Stance = "denies"
	Blames           Stance = "blames"
	Criticizes       Stance = "criticizes"
	Praises          Stance = "praises"
	Demands          Stance = "demands"
	Promises         Stance = "promises"
	Asks             Stance = "asks"
	DeclinesComment  Stance = "declines-comment"
	Unreachable      Stance = "unreachable"
)

// Stances lists every stance in the contract's order.
var Stances = [...]Stance{Asserts, Confirms, Estimates, Suggests, Believes, Predicts, Warns, Doubts,
	SuspendsJudgment, Denies, Blames, Criticizes, Praises, Demands, Promises, Asks, DeclinesComment, Unreachable}

// Coarse is the contract's coarse stance: support, oppose, uncommitted,
// no-comment or directive.
func (s Stance) Coarse() string {
	switch s {
	case Denies, Doubts, Blames, Criticizes:
		return "oppose"
	case SuspendsJudgment, Asks:
		return "uncommitted"
	case DeclinesComment, Unreachable:
		return "no-comment"
	case Demands:
		return "directive"
	}
	return "support"
}

// Quotation says how the content is rendered.
type Quotation string

// The kinds of quotation.
const (
	Direct      Quotation = "direct"
	Indirect    Quotation = "indirect"
	Mixed       Quotation = "mixed"
	NoQuotation Quotation = "none"
)

// Claim is one source taking one stance towards some content.
type Claim struct {
	ID        string // hs:claim/ and 20 hexadecimal digits, see Document.IdentifyClaims
	Sentence  int    // index of the sentence that holds the content, or the cue where there is none
	Source    Source
	Cue       Span // empty where there is none
	CueHead   int  // index of the cue's head token, -1 for none
	Stance    Stance
	Certainty Certainty
	Polarity  Polarity
	Quotation Quotation
	Content   []Span // its parts in order; none for a refusal without a matter
	// Propositions are indices into Document.Propositions of what the content
	// states on its highest level.
	Propositions []int
	About        int // index of the inner claim, -1 for none
	// Targets are entities that a blame, criticism or praise is directed at, as
	// indices into Document.Entities.
	Targets []int
	// Topics are IRIs of the ontology that the content is about: hs:attribution
	// where it is who or what is responsible for an event.
	Topics []string
	Rule   string // name of the rule that found it, for explain
}

// Extent is the smallest span that covers the whole content.
func (c *Claim) Extent() Span {
	if len(c.Content) == 0 {
		return Span{}
	}
	return Span{c.Content[0].Start, c.Content[len(c.Content)-1].End}
}
