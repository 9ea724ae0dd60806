/**
 * The way to the API server: which kubeconfig, which context, which namespace; requests whose failures are told in
 * words that a person can act on. Knows nothing of workloads or artifacts.
 */
package io.chartreuse.provider.kubernetes.cluster;
