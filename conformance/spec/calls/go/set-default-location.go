package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["set-default-location"] = callSetDefaultLocation }

func callSetDefaultLocation(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	location, err := client.Locations.SetDefault(ctx, "aws:us-east-1")
	if err != nil {
		return err
	}
	fmt.Println(location.Name)
	// end
	return nil
}
