package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["account-metrics"] = callAccountMetrics }

func callAccountMetrics(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	metrics, err := client.Metrics.Account(ctx, &s2.AccountMetricsArgs{
		Set:      s2.AccountMetricSetAccountOps,
		Start:    s2.Int64(1_767_225_600), // 2026-01-01, the first hour
		End:      s2.Int64(1_767_229_200),
		Interval: s2.Ptr(s2.TimeseriesIntervalMinute),
	})
	if err != nil {
		return err
	}
	fmt.Println(metrics.Values)
	// end
	return nil
}
