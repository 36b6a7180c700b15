package main

import (
	"context"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["delete-basin"] = callDeleteBasin }

func callDeleteBasin(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	if err := client.Basins.Delete(ctx, "example-1"); err != nil {
		return err
	}
	// end
	return nil
}
