package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["get-default-location"] = callGetDefaultLocation }

func callGetDefaultLocation(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	location, err := client.Locations.GetDefault(ctx)
	if err != nil {
		return err
	}
	fmt.Println(location.Name)
	// end
	return nil
}
