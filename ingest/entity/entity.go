// Package entity finds mentions, resolves references inside a document, links
// entities to those already known and normalises time expressions. It knows
// nothing of claims or of the graph.
//
// A document goes through these files in turn: name.go finds names (grammars in
// indicator.go, known entities in known.go, the recogniser), value.go amounts and
// times, phrase.go descriptions and pronouns; cluster.go joins names, refer.go
// descriptions and pronouns; build.go makes the entities.
package entity
