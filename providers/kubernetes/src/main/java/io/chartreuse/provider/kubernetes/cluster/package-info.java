/**
 * Access to the API server: which kubeconfig, which context, which namespace; requests whose errors say what a person
 * can do. Knows nothing of workloads or artifacts.
 */
package io.chartreuse.provider.kubernetes.cluster;
