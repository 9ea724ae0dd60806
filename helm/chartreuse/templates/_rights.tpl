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

{{- define "chartreuse.workloadRules" }}
# workloads and what scales them; KEDA is asked whether or not it is there
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, patch]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, patch]
- apiGroups: [keda.sh]
  resources: [scaledobjects]
  verbs: [get, list, patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
{{- $annotated := ne (get . "annotations" | toString) "false" }}
{{- $kinds := list }}
{{- range .select }}{{ $kinds = append $kinds .kind }}{{ end }}
{{- if or $annotated (has "ReplicaSet" $kinds) }}
- apiGroups: [apps]
  resources: [replicasets]
  verbs: [get, list, patch]
{{- else }}
- apiGroups: [apps]
  resources: [replicasets]
  verbs: [list]
{{- end }}
{{- if or $annotated (has "StatefulSet" $kinds) }}
- apiGroups: [apps]
  resources: [statefulsets]
  verbs: [get, list, patch]
{{- end }}
{{- if or $annotated (has "CronJob" $kinds) }}
- apiGroups: [batch]
  resources: [cronjobs]
  verbs: [get, list, patch]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [list, watch]
{{- end }}
{{- if ne (get . "expectedDeploymentScales" | toString) "false" }}
- apiGroups: [wiremind.io]
  resources: [expecteddeploymentscales]
  verbs: [list]
{{- end }}
{{- $known := list "Deployment" "StatefulSet" "ReplicaSet" "CronJob" }}
{{- $granted := list }}
{{- range .select }}
{{- $own := printf "%s/%s" (.apiVersion | default "" | splitList "/" | first) .kind }}
{{- if not (or (has .kind $known) (has $own $granted)) }}
{{- $granted = append $granted $own }}
- apiGroups: [{{ ternary (.apiVersion | splitList "/" | first) "" (contains "/" .apiVersion) | quote }}]
  resources: [{{ include "chartreuse.plural" (lower .kind) }}]
  verbs: [get, list, patch]
{{- end }}
{{- end }}
{{- end -}}

{{/* The usual plural of a kind; rbac.extraRules is for others. */}}
{{- define "chartreuse.plural" -}}
{{- if regexMatch "(s|x|z|ch|sh)$" . }}{{ . }}es
{{- else if regexMatch "[^aeiou]y$" . }}{{ trimSuffix "y" . }}ies
{{- else }}{{ . }}s
{{- end -}}
{{- end -}}
