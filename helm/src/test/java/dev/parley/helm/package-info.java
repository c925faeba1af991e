/// What is deployed, checked without a cluster: the chart's manifests against two models of
/// Kubernetes, the compose file against the chart.
@NullMarked
package dev.parley.helm;

import org.jspecify.annotations.NullMarked;
