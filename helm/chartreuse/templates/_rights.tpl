{{/*
The rules of the Role: what a run asks the API server for, option by option. A test compares them with what the
Kubernetes provider says that it needs.
*/}}
{{- define "chartreuse.rules" -}}
{{- if include "chartreuse.recordsInCluster" . }}
# plans, runs and the lock
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, create, update, delete]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [get, create, update, delete]
{{- end }}
{{- if include "chartreuse.stopsWorkloads" . }}
{{- include "chartreuse.workloadRules" (.Values.config.kubernetes.workloads | default dict) }}
{{- end }}
{{- if include "chartreuse.asksApiServer" . }}
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end }}
{{- with .Values.rbac.extraRules }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The kinds that are looked for, as group/plural: those of the configuration, and those that may be marked. */}}
{{- define "chartreuse.kinds" -}}
{{- $builtIn := dict "Deployment" "apps/deployments" "StatefulSet" "apps/statefulsets" "ReplicaSet" "apps/replicasets" "CronJob" "batch/cronjobs" -}}
{{- $versions := dict "Deployment" "apps/v1" "StatefulSet" "apps/v1" "ReplicaSet" "apps/v1" "CronJob" "batch/v1" -}}
{{- $kinds := list -}}
{{- if ne (get . "expectedDeploymentScales" | toString) "false" }}{{ $kinds = append $kinds "apps/deployments" }}{{ end -}}
{{- if ne (get . "annotations" | toString) "false" }}{{ $kinds = concat $kinds (values $builtIn) }}{{ end -}}
{{- range .select -}}
{{- $version := .apiVersion | default (get $versions .kind) -}}
{{- if eq $version (get $versions .kind) -}}
{{- $kinds = append $kinds (get $builtIn .kind) -}}
{{- else -}}
{{- $group := ternary ($version | splitList "/" | first) "" (contains "/" $version) -}}
{{- $kinds = append $kinds (printf "%s/%s" $group (include "chartreuse.plural" (lower .kind))) -}}
{{- end -}}
{{- end -}}
{{- $kinds | uniq | sortAlpha | toJson -}}
{{- end -}}

{{- define "chartreuse.workloadRules" }}
{{- $kinds := include "chartreuse.kinds" . | fromJsonArray }}
{{- if $kinds }}
# workloads, and what scales them
{{- range $kinds }}
- apiGroups: [{{ splitList "/" . | first | default (quote "") }}]
  resources: [{{ splitList "/" . | last }}]
  verbs: [get, list, watch, patch]
{{- end }}
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, watch, patch]
- apiGroups: [keda.sh]
  resources: [scaledobjects]
  verbs: [get, list, watch, patch]
# whether they have ended
{{- if has "batch/cronjobs" $kinds }}
- apiGroups: [batch]
  resources: [jobs]
  verbs: [list, watch]
{{- end }}
{{- if without $kinds "batch/cronjobs" }}
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
{{- if not (has "apps/replicasets" $kinds) }}
- apiGroups: [apps]
  resources: [replicasets]
  verbs: [list]
{{- end }}
{{- end }}
{{- end }}
{{- if ne (get . "annotations" | toString) "false" }}
# whether others ask to be stopped, too
- apiGroups: [apps]
  resources: [daemonsets]
  verbs: [list]
{{- if not (has "argoproj.io/rollouts" $kinds) }}
- apiGroups: [argoproj.io]
  resources: [rollouts]
  verbs: [list]
{{- end }}
{{- end }}
{{- if ne (get . "expectedDeploymentScales" | toString) "false" }}
- apiGroups: [wiremind.io]
  resources: [expecteddeploymentscales]
  verbs: [list]
{{- end }}
{{- end -}}

{{/* The usual plural of a kind; rbac.extraRules is for others. */}}
{{- define "chartreuse.plural" -}}
{{- if regexMatch "(s|x|z|ch|sh)$" . }}{{ . }}es
{{- else if regexMatch "[^aeiou]y$" . }}{{ trimSuffix "y" . }}ies
{{- else }}{{ . }}s
{{- end -}}
{{- end -}}
