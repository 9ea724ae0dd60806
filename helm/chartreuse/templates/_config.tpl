{{/* chartreuse.yaml: the settings of the values, and those that only the release knows. */}}
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


{{/*
The files of the configuration's ConfigMap by name, to the byte as they are mounted: lines end as in Unix, the last one once.
*/}}
{{- define "chartreuse.texts" -}}
{{- $texts := dict "chartreuse.yaml" (include "chartreuse.asFile" (include "chartreuse.config" .)) -}}
{{- range $name, $content := .Values.files -}}
{{- $_ := set $texts $name (include "chartreuse.asFile" (kindIs "string" $content | ternary $content (toPrettyJson $content))) -}}
{{- end -}}
{{- toJson $texts -}}
{{- end -}}

{{- define "chartreuse.asFile" -}}
{{- $text := regexReplaceAll "\\s+$" (replace "\r" "" .) "" -}}
{{- if $text }}{{ printf "%s\n" $text }}{{ end -}}
{{- end -}}

{{/*
The digests of the files that a command reads. They are arguments of the Job, so that an account that may change a ConfigMap cannot
change them.
*/}}
{{- define "chartreuse.pins" -}}
{{- $arguments := list -}}
{{- range $name, $text := include "chartreuse.texts" . | fromJson -}}
{{- $arguments = concat $arguments (list "--pin" (printf "%s=sha256:%s" $name (sha256sum $text))) -}}
{{- end -}}
{{- range $path, $digest := .Values.pins -}}
{{- $arguments = concat $arguments (list "--pin" (printf "%s=%s" $path $digest)) -}}
{{- end -}}
{{- toJson $arguments -}}
{{- end -}}
