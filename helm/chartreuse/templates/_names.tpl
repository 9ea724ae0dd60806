{{/* Where this chart stands below the release's chart: "reports" for a dependency of that alias, "orders-reports" for one of its subchart orders. */}}
{{- define "chartreuse.path" -}}
{{- $path := .Template.BasePath | trimSuffix "/tests" | trimSuffix "/templates" | splitList "/charts/" | rest -}}
{{- if $path -}}
{{- $last := .Values.nameOverride | default (last $path) -}}
{{- append (initial $path) $last | join "-" -}}
{{- else -}}
{{- .Values.nameOverride | default .Chart.Name -}}
{{- end -}}
{{- end -}}

{{/* A text of limited length that still differs for different inputs. */}}
{{- define "chartreuse.shortened" -}}
{{- if gt (len .text) (int .longest) -}}
{{- printf "%s-%s" (.text | trunc (sub .longest 9 | int) | trimSuffix "-" | trimSuffix ".") (.text | sha256sum | trunc 8) -}}
{{- else -}}
{{- .text -}}
{{- end -}}
{{- end -}}

{{/* The common prefix of all names: unique for each alias. Leaves room for -migrate and the suffix of its pods. */}}
{{- define "chartreuse.fullname" -}}
{{- $path := include "chartreuse.path" . -}}
{{- $alone := not (contains "/charts/" .Template.BasePath) -}}
{{- $name := printf "%s-%s" .Release.Name $path -}}
{{- if .Values.fullnameOverride -}}
{{- $name = .Values.fullnameOverride -}}
{{- else if and $alone (contains $path .Release.Name) -}}
{{- $name = .Release.Name -}}
{{- end -}}
{{- include "chartreuse.shortened" (dict "text" ($name | replace "." "-") "longest" 49) -}}
{{- end -}}

{{/*
The holder name of stopped workloads. It is the release's name, as with the earlier tool; each Chartreuse with another alias
has its own, so that a shared workload comes back when the last of them restores it.
*/}}
{{- define "chartreuse.holder" -}}
{{- $path := .Template.BasePath | trimSuffix "/tests" | trimSuffix "/templates" | splitList "/charts/" | rest | join "-" -}}
{{- if or (eq $path "") (eq $path "chartreuse") -}}
{{- .Release.Name -}}
{{- else -}}
{{- include "chartreuse.shortened" (dict "text" (printf "%s-%s" .Release.Name $path) "longest" 63) -}}
{{- end -}}
{{- end -}}

{{- define "chartreuse.configName" -}}
{{- printf "%s-config" (include "chartreuse.fullname" .) -}}
{{- end -}}

{{- define "chartreuse.jobName" -}}
{{- printf "%s-%s" (include "chartreuse.fullname" .) (include "chartreuse.jobSuffix" .) -}}
{{- end -}}

{{/* The label of plans and runs: the release's name where it is a DNS label, as the program makes it. */}}
{{- define "chartreuse.recordLabel" -}}
{{- if regexMatch "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" .Release.Name -}}
{{- .Release.Name -}}
{{- else -}}
{{- printf "x-%s-%s" (regexReplaceAll "[^a-z0-9]+" .Release.Name "-" | trunc 40) (.Release.Name | sha256sum | trunc 12) -}}
{{- end -}}
{{- end -}}

{{- define "chartreuse.serviceAccountName" -}}
{{- $name := tpl (.root.Values.serviceAccount.name | default "") .root -}}
{{- if .root.Values.serviceAccount.create -}}
{{- printf "%s%s" ($name | default (include "chartreuse.fullname" .root)) .suffix -}}
{{- else -}}
{{- $name | default "default" -}}
{{- end -}}
{{- end -}}

{{/* A value as YAML, with its templates rendered: `{{ .Release.Name }}-pg`. Takes root and value. */}}
{{- define "chartreuse.templated" -}}
{{- tpl (toYaml .value) .root -}}
{{- end -}}

{{- define "chartreuse.selectorLabels" -}}
app.kubernetes.io/name: {{ include "chartreuse.path" . | trunc 63 | trimSuffix "-" | toYaml }}
app.kubernetes.io/instance: {{ .Release.Name | toYaml }}
{{- end -}}

{{- define "chartreuse.labels" -}}
{{ include "chartreuse.ownLabels" . }}
{{- with .Values.commonLabels }}
{{ include "chartreuse.templated" (dict "root" $ "value" .) }}
{{- end }}
{{- end -}}

{{- define "chartreuse.ownLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "chartreuse.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: {{ .Release.Name | toYaml }}
{{- end -}}

{{- define "chartreuse.image" -}}
{{- $repository := tpl .Values.image.repository . -}}
{{- with ((.Values.global | default dict).imageRegistry) -}}
{{- $repository = printf "%s/%s" (trimSuffix "/" .) (include "chartreuse.withoutRegistry" $repository) -}}
{{- end -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (tpl .Values.image.tag . | default .Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/* A registry has a dot or a port in its name, or is localhost. */}}
{{- define "chartreuse.withoutRegistry" -}}
{{- $first := splitList "/" . | first -}}
{{- if and (contains "/" .) (or (contains "." $first) (contains ":" $first) (eq $first "localhost")) -}}
{{- trimPrefix (printf "%s/" $first) . -}}
{{- else -}}
{{- . -}}
{{- end -}}
{{- end -}}

{{/* Of the release and of all charts in it; a name alone is the form of many charts. */}}
{{- define "chartreuse.pullSecrets" -}}
{{- $secrets := list -}}
{{- range concat (((.Values.global | default dict).imagePullSecrets) | default list) .Values.image.pullSecrets -}}
{{- $secrets = append $secrets (kindIs "map" . | ternary . (dict "name" .)) -}}
{{- end -}}
{{- with uniq $secrets }}{{ include "chartreuse.templated" (dict "root" $ "value" .) }}{{ end -}}
{{- end -}}
