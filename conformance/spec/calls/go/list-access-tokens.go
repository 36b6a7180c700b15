package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["list-access-tokens"] = callListAccessTokens }

func callListAccessTokens(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	page, err := client.AccessTokens.List(ctx, &s2.ListAccessTokensArgs{Prefix: "read", Limit: s2.Ptr(10)})
	if err != nil {
		return err
	}
	fmt.Println(page.AccessTokens, page.HasMore)
	// end
	return nil
}
