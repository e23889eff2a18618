package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// version is the product's; it is part of every document's quads.
const version = "0.1.0"

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			fmt.Fprintln(c.OutOrStdout(), "hearsay", version)
			return nil
		},
	}
}
