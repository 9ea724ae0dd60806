{{/* chartreuse.yaml: what the values say, and what only the release knows. */}}
{{- define "chartreuse.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- range $name, $section := .Values.config -}}
{{- if kindIs "invalid" $section }}{{ $_ := unset $config $name }}{{ end -}}
{{- end -}}
{{- $_ := set $config "version" 1 -}}
{{- $_ := set $config "release" .Release.Name -}}
{{- $_ := set $config "namespace" .Release.Namespace -}}
{{- $_ := set $config "strategy" (include "chartreuse.strategy" .) -}}
{{- range $database := (($config.postgres | default dict).databases | default dict) -}}
{{- if and (kindIs "map" $database) (not (hasKey $database "waitAvailable")) -}}
{{- $_ := set $database "waitAvailable" $.Values.databaseWait -}}
{{- end -}}
{{- end -}}
{{- $holder := include "chartreuse.holder" . -}}
{{- if and (include "chartreuse.stopsWorkloads" .) (ne $holder .Release.Name) -}}
{{- $kubernetes := $config.kubernetes -}}
{{- $workloads := $kubernetes.workloads | default dict -}}
{{- $_ := set $workloads "holder" ($workloads.holder | default $holder) -}}
{{- $_ := set $kubernetes "workloads" $workloads -}}
{{- end -}}
{{- include "chartreuse.templated" (dict "root" . "value" $config) -}}
{{- end -}}
