package main

import (
	"context"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["revoke-access-token"] = callRevokeAccessToken }

func callRevokeAccessToken(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	if err := client.AccessTokens.Revoke(ctx, s2.RevokeAccessTokenArgs{ID: "reader"}); err != nil {
		return err
	}
	// end
	return nil
}
