package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"hearsay/graph"
)

func manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages",
		Long:    "Write a manual page for every command into a folder, as man reads them.",
		Example: "  hearsay man /usr/local/share/man/man1",
		Args:    atLeastOne("a folder"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("man: %w", err)
			}
			// The date is fixed: the same version gives the same pages.
			date := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			c.Root().DisableAutoGenTag = true
			header := &doc.GenManHeader{Section: "1", Source: "hearsay " + graph.Version, Manual: "hearsay", Date: &date}
			if err := doc.GenManTree(c.Root(), header, args[0]); err != nil {
				return fmt.Errorf("man: %w", err)
			}
			return nil
		},
	}
}
