package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"hearsay/graph"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  hearsay version",
		Args:    noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			fmt.Fprintln(c.OutOrStdout(), "hearsay", graph.Version)
			return nil
		},
	}
}
