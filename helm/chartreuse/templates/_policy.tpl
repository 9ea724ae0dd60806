{{/* Cluster-wide, so it names the namespace. */}}
{{- define "chartreuse.policyName" -}}
{{- printf "%s.%s.chartreuse.io" (include "chartreuse.fullname" .) .Release.Namespace -}}
{{- end -}}

{{/* The usernames of all accounts that Jobs run under, as a list of CEL. */}}
{{- define "chartreuse.accounts" -}}
{{- $names := list -}}
{{- range $suffix := list "" "-restore" "-check" -}}
{{- $names = append $names (printf "'system:serviceaccount:%s:%s'" $.Release.Namespace (include "chartreuse.serviceAccountName" (dict "root" $ "suffix" $suffix))) -}}
{{- end -}}
{{- printf "[%s]" ($names | uniq | join ", ") -}}
{{- end -}}

{{/* The marks that a run writes; what people write (chartreuse.io/stop, priority, replicas) is not among them. */}}
{{- define "chartreuse.markAnnotations" -}}
['chartreuse.io/held-by', 'chartreuse.io/run', 'chartreuse.io/stopped-at', 'chartreuse.io/former-replicas', 'chartreuse.io/paused-by', 'chartreuse.io/former-paused-replicas', 'wiremind.io/stopped-by', 'wiremind.io/pre-pause-scale-behavior']
{{- end -}}

{{/* The paths that may change, by group/plural, as JSON. Takes root and workloads. */}}
{{- define "chartreuse.policyKinds" -}}
{{- $replicas := list "spec" "replicas" -}}
{{- $paths := dict -}}
{{- if include "chartreuse.stopsWorkloads" .root -}}
{{- $paths = dict "apps/deployments" (list $replicas) "apps/statefulsets" (list $replicas) "apps/replicasets" (list $replicas) "batch/cronjobs" (list (list "spec" "suspend")) "autoscaling/horizontalpodautoscalers" (list (list "spec" "behavior") (list "spec" "scaleTargetRef")) "keda.sh/scaledobjects" list -}}
{{- range .workloads.select -}}
{{- $kind := include "chartreuse.kinds" (dict "expectedDeploymentScales" false "annotations" false "select" (list .)) | fromJsonArray | first -}}
{{- if not (hasKey $paths $kind) -}}
{{- $_ := set $paths $kind (list (.replicasPath | default ".spec.replicas" | trimPrefix "." | splitList ".")) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $paths -}}
{{- end -}}

{{/*
That two maps of CEL are the same but for these paths. Takes new and old, how they are written; paths, each a list of fields; and
`also`, fields of the first level that others look at.
*/}}
{{- define "chartreuse.unchangedBut" -}}
{{- $exempt := .also | default list -}}
{{- range .paths }}{{ $exempt = append $exempt (first .) }}{{ end -}}
{{- $list := $exempt | uniq | toJson | replace "\"" "'" -}}
{{- $variable := printf "key%d" (len (splitList "." .new)) -}}
{{ .new }}.all({{ $variable }}, {{ $variable }} in {{ $list }} || ({{ $variable }} in {{ .old }} && {{ .new }}[{{ $variable }}] == {{ .old }}[{{ $variable }}])) &&
{{ .old }}.all({{ $variable }}, {{ $variable }} in {{ $list }} || {{ $variable }} in {{ .new }})
{{- $deeper := dict -}}
{{- range .paths -}}
{{- if gt (len .) 1 }}{{ $_ := set $deeper (first .) (append (get $deeper (first .) | default list) (rest .)) }}{{ end -}}
{{- end -}}
{{- range $field, $paths := $deeper }} &&
{{ include "chartreuse.unchangedBut" (dict "new" (printf "%s.%s" $.new $field) "old" (printf "%s.%s" $.old $field) "paths" $paths) }}
{{- end -}}
{{- end -}}
