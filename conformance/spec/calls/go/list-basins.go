package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["list-basins"] = callListBasins }

func callListBasins(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	page, err := client.Basins.List(ctx, &s2.ListBasinsArgs{Prefix: "example-", Limit: s2.Ptr(10)})
	if err != nil {
		return err
	}
	fmt.Println(page.Basins, page.HasMore)
	// end
	return nil
}
