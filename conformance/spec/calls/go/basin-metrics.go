package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["basin-metrics"] = callBasinMetrics }

func callBasinMetrics(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	metrics, err := client.Metrics.Basin(ctx, &s2.BasinMetricsArgs{
		Basin: "my-basin",
		Set:   s2.BasinMetricSetStorage,
		Start: s2.Int64(1_767_225_600), // 2026-01-01, the first hour
		End:   s2.Int64(1_767_229_200),
	})
	if err != nil {
		return err
	}
	fmt.Println(metrics.Values)
	// end
	return nil
}
