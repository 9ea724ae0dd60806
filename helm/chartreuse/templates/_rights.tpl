{{/*
The rules of a Role: the requests of a run to the API server, option by option. A test compares them with the rights that the
Kubernetes provider declares. Takes root and purpose; a check only reads.
*/}}
{{- define "chartreuse.rules" -}}
{{- $root := .root -}}
{{- $writes := ne .purpose "check" -}}
{{- if include "chartreuse.recordsInCluster" $root }}
# plans and runs: their names are made of ids, which no rule can name
- apiGroups: [""]
  resources: [configmaps]
  verbs: {{ $writes | ternary "[get, list, create, update, delete]" "[get, list]" }}
# the lock: RBAC limits no create to a name
{{- if $writes }}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
{{- end }}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [{{ printf "chartreuse-%s" (include "chartreuse.recordLabel" $root) | quote }}]
  verbs: {{ $writes | ternary "[get, update, delete]" "[get]" }}
{{- end }}
{{- if include "chartreuse.stopsWorkloads" $root }}
{{- include "chartreuse.workloadRules" (dict "root" $root "writes" $writes "workloads" ($root.Values.config.kubernetes.workloads | default dict)) }}
{{- end }}
{{- if include "chartreuse.asksApiServer" $root }}
{{- if $writes }}
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- else }}
# what the account that migrates may do
- apiGroups: [authorization.k8s.io]
  resources: [localsubjectaccessreviews]
  verbs: [create]
{{- end }}
{{- end }}
{{- range $root.Values.rbac.extraRules }}
{{- $rule := . }}
{{- $verbs := list }}
{{- range .verbs }}{{ if or $writes (has . (list "get" "list" "watch")) }}{{ $verbs = append $verbs . }}{{ end }}{{ end }}
{{- if $verbs }}
{{ toYaml (list (merge (dict "verbs" $verbs) $rule)) }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The kinds that are listed, as group/plural: those of the configuration, and those that annotations may select. */}}
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

{{/* The names of the only workloads of a kind that may be stopped, as JSON; empty where any may be. Takes workloads and kind, as group/plural. */}}
{{- define "chartreuse.onlyNames" -}}
{{- $names := list -}}
{{- $any := or (and (ne (get .workloads "expectedDeploymentScales" | toString) "false") (eq .kind "apps/deployments")) (and (ne (get .workloads "annotations" | toString) "false") (has .kind (list "apps/deployments" "apps/statefulsets" "apps/replicasets" "batch/cronjobs"))) -}}
{{- range .workloads.select -}}
{{- if has $.kind (include "chartreuse.kinds" (dict "expectedDeploymentScales" false "annotations" false "select" (list .)) | fromJsonArray) -}}
{{- if .name }}{{ $names = append $names .name }}{{ else }}{{ $any = true }}{{ end -}}
{{- end -}}
{{- end -}}
{{- if not $any }}{{ $names | uniq | sortAlpha | toJson }}{{ end -}}
{{- end -}}

{{/* Whether autoscalers of a kind are paused. Where the configuration says nothing, those of KEDA are where the cluster has them. Takes root, workloads and kind. */}}
{{- define "chartreuse.pauses" -}}
{{- if hasKey .workloads "autoscalers" -}}
{{- if has .kind (.workloads.autoscalers | default list) }}true{{ end -}}
{{- else if eq .kind "HorizontalPodAutoscaler" -}}
true
{{- else -}}
{{- include "chartreuse.serves" (dict "root" .root "api" "keda.sh/v1alpha1") -}}
{{- end -}}
{{- end -}}

{{- define "chartreuse.serves" -}}
{{- if .root.Capabilities.APIVersions.Has .api }}true{{ end -}}
{{- end -}}

{{/* Takes root, workloads, and whether they are written. */}}
{{- define "chartreuse.workloadRules" }}
{{- $kinds := include "chartreuse.kinds" .workloads | fromJsonArray }}
{{- $all := .writes | ternary "[get, list, watch, patch]" "[get, list]" }}
{{- if $kinds }}
# workloads, and what scales them
{{- range $kinds }}
{{- $names := include "chartreuse.onlyNames" (dict "workloads" $.workloads "kind" .) }}
- apiGroups: [{{ splitList "/" . | first | default (quote "") }}]
  resources: [{{ splitList "/" . | last }}]
  verbs: {{ ternary "[list, watch]" $all (and (not (empty $names)) $.writes) }}
{{- if and (not (empty $names)) $.writes }}
- apiGroups: [{{ splitList "/" . | first | default (quote "") }}]
  resources: [{{ splitList "/" . | last }}]
  resourceNames: {{ $names }}
  verbs: [get, patch]
{{- end }}
{{- end }}
{{- if without $kinds "batch/cronjobs" }}
{{- if include "chartreuse.pauses" (dict "root" .root "workloads" .workloads "kind" "HorizontalPodAutoscaler") }}
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: {{ $all }}
{{- end }}
{{- if include "chartreuse.pauses" (dict "root" .root "workloads" .workloads "kind" "ScaledObject") }}
- apiGroups: [keda.sh]
  resources: [scaledobjects]
  verbs: {{ $all }}
{{- end }}
{{- end }}
# whether they have ended
{{- if has "batch/cronjobs" $kinds }}
- apiGroups: [batch]
  resources: [jobs]
  verbs: {{ .writes | ternary "[list, watch]" "[list]" }}
{{- end }}
{{- if without $kinds "batch/cronjobs" }}
- apiGroups: [""]
  resources: [pods]
  verbs: {{ .writes | ternary "[list, watch]" "[list]" }}
{{- if not (has "apps/replicasets" $kinds) }}
- apiGroups: [apps]
  resources: [replicasets]
  verbs: [list]
{{- end }}
{{- end }}
{{- end }}
{{- if ne (get .workloads "annotations" | toString) "false" }}
# whether others ask to be stopped, too
- apiGroups: [apps]
  resources: [daemonsets]
  verbs: [list]
{{- if and (not (has "argoproj.io/rollouts" $kinds)) (include "chartreuse.serves" (dict "root" .root "api" "argoproj.io/v1alpha1/Rollout")) }}
- apiGroups: [argoproj.io]
  resources: [rollouts]
  verbs: [list]
{{- end }}
{{- end }}
{{- if ne (get .workloads "expectedDeploymentScales" | toString) "false" }}
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
