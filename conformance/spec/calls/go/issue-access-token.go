package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["issue-access-token"] = callIssueAccessToken }

func callIssueAccessToken(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	issued, err := client.AccessTokens.Issue(ctx, s2.IssueAccessTokenArgs{
		ID: "reader",
		Scope: s2.AccessTokenScope{
			Basins:  &s2.ResourceSet{Exact: s2.String("my-basin")},
			Streams: &s2.ResourceSet{Prefix: s2.String("example-")},
			Ops:     []string{s2.OperationRead},
		},
	})
	if err != nil {
		return err
	}
	fmt.Println(issued.AccessToken)
	// end
	return nil
}
