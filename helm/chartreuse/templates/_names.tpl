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

{{/* At most so many characters, and still another one for another text. */}}
{{- define "chartreuse.shortened" -}}
{{- if gt (len .text) (int .longest) -}}
{{- printf "%s-%s" (.text | trunc (sub .longest 9 | int) | trimSuffix "-" | trimSuffix ".") (.text | sha256sum | trunc 8) -}}
{{- else -}}
{{- .text -}}
{{- end -}}
{{- end -}}

{{/* The begin of all names: unique for each alias. Leaves room for -migrate and the suffix of its pods. */}}
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
The name that stopped workloads are held under. The release's, as the earlier tool had it; one of its own for each
Chartreuse that has another alias, so that what they share comes back when the last of them lets go.
*/}}
{{- define "chartreuse.holder" -}}
{{- $path := .Template.BasePath | trimSuffix "/tests" | trimSuffix "/templates" | splitList "/charts/" | rest | join "-" -}}
{{- if or (eq $path "") (eq $path "chartreuse") -}}
{{- .Release.Name -}}
{{- else -}}
{{- include "chartreuse.shortened" (dict "text" (printf "%s-%s" .Release.Name $path) "longest" 63) -}}
{{- end -}}
{{- end -}}

{{- define "chartreuse.serviceAccountName" -}}
{{- if .root.Values.serviceAccount.create -}}
{{- printf "%s%s" (.root.Values.serviceAccount.name | default (include "chartreuse.fullname" .root)) .suffix -}}
{{- else -}}
{{- .root.Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{- define "chartreuse.selectorLabels" -}}
app.kubernetes.io/name: {{ include "chartreuse.path" . | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "chartreuse.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "chartreuse.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: {{ .Release.Name }}
{{- end -}}

{{- define "chartreuse.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}
{{- end -}}
