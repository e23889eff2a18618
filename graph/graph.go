// Package graph turns documents into quads and keeps them: the vocabulary, the
// store, queries, links between claims, exports and imports. With its subrooms it
// is the only importer of Cayley. It knows nothing of how claims are found.
package graph
