package graph

import "hearsay/ingest/news"

// Namespaces of the terms that are used with their full IRIs. hs: is an absolute
// IRI scheme and is stored as it is.
const (
	NSRDF    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	NSRDFS   = "http://www.w3.org/2000/01/rdf-schema#"
	NSOWL    = "http://www.w3.org/2002/07/owl#"
	NSSKOS   = "http://www.w3.org/2004/02/skos/core#"
	NSProv   = "http://www.w3.org/ns/prov#"
	NSNIF    = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
	NSSchema = "http://schema.org/"
	NSCito   = "http://purl.org/spar/cito/"
	NSXSD    = "http://www.w3.org/2001/XMLSchema#"
)

// Version is the product's; it is part of every document's quads.
const Version = "0.1.0"

// Labels of the quads that come from no single document.
const (
	LabelEntities = "hs:graph/entities" // the known entities
	LabelOntology = "hs:graph/ontology" // the vocabulary itself
	LabelLinks    = "hs:graph/links"    // links computed over all documents

	LabelDecisions = "hs:graph/decisions" // what analysts decided
)

// Classes of what a document is read into.
const (
	Document      = "hs:Document"
	Claim         = "hs:Claim"
	Proposition   = "hs:Proposition"
	Mention       = "hs:Mention"
	Link          = "hs:Link"
	DecisionClass = "hs:Decision"
	Topic         = "hs:Topic"
	Stance        = "hs:Stance"
)

// Classes of entities, one an entity type of the output contract.
const (
	Entity        = "hs:Entity"
	Person        = "hs:Person"
	Organization  = "hs:Organization"
	Location      = "hs:Location"
	Event         = "hs:Event"
	Malware       = "hs:Malware"
	ThreatActor   = "hs:ThreatActor"
	Vulnerability = "hs:Vulnerability"
	Product       = "hs:Product"
	Work          = "hs:Work"
	Date          = "hs:Date"
	Money         = "hs:Money"
	Quantity      = "hs:Quantity"
	OtherEntity   = "hs:OtherEntity"
	Country       = "hs:Country"
	City          = "hs:City"
)

// Attribution is the topic of claims about who or what is responsible for an event.
const Attribution = "hs:attribution"

// Standard predicates and classes.
const (
	RDFType       = NSRDF + "type"
	RDFSubject    = NSRDF + "subject"
	RDFPredicate  = NSRDF + "predicate"
	RDFObject     = NSRDF + "object"
	RDFProperty   = NSRDF + "Property"
	RDFSClass     = NSRDFS + "Class"
	RDFSLabel     = NSRDFS + "label"
	RDFSComment   = NSRDFS + "comment"
	SubClassOf    = NSRDFS + "subClassOf"
	SubPropertyOf = NSRDFS + "subPropertyOf"
	AltLabel      = NSSKOS + "altLabel"
	SameAs        = NSOWL + "sameAs"
	DerivedFrom   = NSProv + "wasDerivedFrom"
	BeginIndex    = NSNIF + "beginIndex"
	EndIndex      = NSNIF + "endIndex"
	AnchorOf      = NSNIF + "anchorOf"
	RefContext    = NSNIF + "referenceContext"
	IsString      = NSNIF + "isString"
	Headline      = NSSchema + "headline"
	Publisher     = NSSchema + "publisher"
	Author        = NSSchema + "author"
	DatePublished = NSSchema + "datePublished"
	URL           = NSSchema + "url"
	Identifier    = NSSchema + "identifier"
	InLanguage    = NSSchema + "inLanguage"
	Mentions      = NSSchema + "mentions"
	AgreesWith    = NSCito + "agreesWith"
	DisagreesWith = NSCito + "disagreesWith"
)

// Predicates of our own.
const (
	Source        = "hs:source"
	SourceKind    = "hs:sourceKind"
	SourceMention = "hs:sourceMention"
	StanceOf      = "hs:stance"
	Certainty     = "hs:certainty"
	Polarity      = "hs:polarity"
	Quotation     = "hs:quotation"
	Cue           = "hs:cue"
	CueMention    = "hs:cueMention"
	Content       = "hs:content"
	ContentText   = "hs:contentText"
	ContentAt     = "hs:contentMention"
	Target        = "hs:target"
	About         = "hs:topic"
	Rule          = "hs:rule"
	MergedBecause = "hs:mergedBecause"
	DescribedAs   = "hs:describedAs"
	Evidenced     = "hs:evidence"
	Score         = "hs:score"
	NamesakeOf    = "hs:namesakeOf"
	Value         = "hs:value"
	BoundOf       = "hs:bound"
	Unit          = "hs:unit"
	Time          = "hs:time"
	Place         = "hs:place"
	Instrument    = "hs:instrument"
	Manner        = "hs:manner"
	OtherArgument = "hs:argument"
	ReadBy        = "hs:readBy"
	Boilerplate   = "hs:boilerplate"
	RivalOf       = "hs:rivalOf"
	ConflictsWith = "hs:conflictsWith"
	DiffersFrom   = "hs:differsFrom"
	ChangedFrom   = "hs:changedFrom"
	CopyOf        = "hs:copyOf"
	Decides       = "hs:decides"
	VerdictOf     = "hs:verdict"
	NoteOf        = "hs:note"
	Reliability   = "hs:reliability"
	Credibility   = "hs:credibility"
	RightStance   = "hs:rightStance"
	RightSource   = "hs:rightSource"
	DecidedBy     = NSProv + "wasAttributedTo"
	DecidedAt     = NSProv + "generatedAtTime"
	Demonym       = "hs:demonym"
	Capital       = "hs:capital"
	CountryOf     = "hs:country"
)

// StancePredicate is the direct edge's predicate of a stance: hs: and the stance
// verbatim.
func StancePredicate(s news.Stance) string { return "hs:" + string(s) }

// ClassOf is the class of an entity type, hs:OtherEntity for an unknown one.
func ClassOf(t news.EntityType) string {
	for _, c := range entityClasses {
		if c.typ == t {
			return c.class
		}
	}
	return OtherEntity
}

// entityClasses pairs the entity types with their classes; of a type's classes
// the first is the one that documents use, known entities may have any.
var entityClasses = [...]struct {
	typ   news.EntityType
	class string
}{
	{news.Person, Person}, {news.Organization, Organization}, {news.Location, Location},
	{news.Event, Event}, {news.Malware, Malware}, {news.ThreatActor, ThreatActor},
	{news.Vulnerability, Vulnerability}, {news.Product, Product}, {news.Work, Work},
	{news.Date, Date}, {news.Money, Money}, {news.QuantityType, Quantity}, {news.Other, OtherEntity},
	{news.Location, Country}, {news.Location, City},
}

// TypeOf is the entity type of a class, "" for one that is no entity's.
func TypeOf(class string) news.EntityType {
	for _, c := range entityClasses {
		if c.class == class {
			return c.typ
		}
	}
	return ""
}
