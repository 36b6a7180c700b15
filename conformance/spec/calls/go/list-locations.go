package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["list-locations"] = callListLocations }

func callListLocations(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	locations, err := client.Locations.List(ctx)
	if err != nil {
		return err
	}
	fmt.Println(locations)
	// end
	return nil
}
