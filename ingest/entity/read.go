package entity

import (
	"fmt"
	"strings"

	"hearsay/ingest/news"
)

// ReadTable reads known entities from a table as seeds.Entities gives it. An
// error names the line and what it should have held.
func ReadTable(table string) ([]news.Entity, error) {
	entities := make([]news.Entity, 0, strings.Count(table, "\n")+1)
	line := 0
	for row := range strings.Lines(table) {
		line++
		c := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(c) != 4 || c[0] == "" || c[1] == "" || c[2] == "" {
			return nil, fmt.Errorf("entities line %d: want IRI, type, name and aliases, separated by tabs", line)
		}
		e := news.Entity{IRI: c[0], Type: news.EntityType(c[1]), Name: c[2], Named: true, Known: true}
		if c[3] != "" {
			e.Aliases = strings.Split(c[3], "|")
		}
		entities = append(entities, e)
	}
	return entities, nil
}
