// Package queries holds the saved Gizmo queries.
package queries
