package gizmo

import (
	"fmt"

	"github.com/cayleygraph/quad"
)

// Path is a plan: what a script's path object has gathered. It is data alone.
type Path struct{ Steps []Step }

// Step is one step of a path; what it uses of the fields depends on Op.
type Step struct {
	Op      string
	Via     []Via    // predicates or labels; none is all
	Values  []Term   // nodes
	Filters []Filter // instead of Values
	Tags    []string
	Path    *Path
	N       int // limit, skip or depth
}

// Via is a predicate or a path.
type Via struct {
	Term Term
	Path *Path
}

// Term is a value of the graph.
type Term struct{ quad.Value }

// Filter is a condition on a value: gt, regex and so on.
type Filter struct {
	Op   string
	Term Term
	IRIs bool // a regular expression that matches IRIs, too
}

// size is the number of steps with those of the paths within, and depth how deep
// these lie.
func (p *Path) size() (size, depth int) {
	for i := range p.Steps {
		s := &p.Steps[i]
		size++
		add := func(sub *Path) {
			if sub != nil {
				n, d := sub.size()
				size, depth = size+n, max(depth, d+1)
			}
		}
		add(s.Path)
		for _, v := range s.Via {
			add(v.Path)
		}
	}
	return size, depth
}

// check refuses what would overflow the stack of whoever follows the path.
func (p *Path) check() error {
	size, depth := p.size()
	if size > maxSteps {
		return fmt.Errorf("the path has %d steps, at most %d are followed", size, maxSteps)
	}
	if depth > maxDepth {
		return fmt.Errorf("the path has paths within paths to a depth of %d, at most %d are followed", depth, maxDepth)
	}
	return nil
}
