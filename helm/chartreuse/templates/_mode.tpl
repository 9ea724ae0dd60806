{{- define "chartreuse.strategy" -}}
{{- .Values.strategy | default (ternary "before" "after" (eq .Values.deploymentMethod "argocd")) -}}
{{- end -}}

{{/*
When the migration runs, which decides what is created:
helm-after           a hook behind install and upgrade
helm-after-job       a Job of each revision instead, which runs beside the new pods: Helm's --wait waits for both
helm-before-install  a Job of the release: what it needs is not there before the release is
helm-before-upgrade  a hook ahead of the upgrade, which brings what it needs along; the restore comes behind it
argocd-before        a hook of the sync, in an early wave; the restore comes behind the sync
argocd-after         a hook behind the sync
*/}}
{{- define "chartreuse.mode" -}}
{{- $strategy := include "chartreuse.strategy" . -}}
{{- if eq .Values.deploymentMethod "argocd" -}}
argocd-{{ $strategy }}
{{- else if eq $strategy "after" -}}
helm-after{{ ternary "" "-job" .Values.hooks.enabled }}
{{- else -}}
helm-before-{{ ternary "upgrade" "install" .Release.IsUpgrade }}
{{- end -}}
{{- end -}}

{{/* Whether there is anything to migrate. Without, the chart is one for the custom resource's definition alone. */}}
{{- define "chartreuse.migrates" -}}
{{- if or .Values.config.postgres (not .Values.crd.create) }}true{{ end -}}
{{- end -}}

{{- define "chartreuse.stopsWorkloads" -}}
{{- if kindIs "map" .Values.config.kubernetes }}true{{ end -}}
{{- end -}}

{{- define "chartreuse.recordsInCluster" -}}
{{- $backend := .Values.config.backend | default "kubernetes" -}}
{{- $type := $backend -}}
{{- if kindIs "map" $backend }}{{ $type = $backend.type }}{{ end -}}
{{- if ne $type "file" }}true{{ end -}}
{{- end -}}

{{/* Whether a run asks the API server for anything. */}}
{{- define "chartreuse.asksApiServer" -}}
{{- if or (include "chartreuse.stopsWorkloads" .) (include "chartreuse.recordsInCluster" .) }}true{{ end -}}
{{- end -}}

{{- define "chartreuse.restores" -}}
{{- $mode := include "chartreuse.mode" . -}}
{{- if and .Values.restore.enabled (include "chartreuse.stopsWorkloads" .) (has $mode (list "helm-before-upgrade" "argocd-before")) (include "chartreuse.migrates" .) }}true{{ end -}}
{{- end -}}

{{- define "chartreuse.tests" -}}
{{- if and .Values.tests.enabled (eq .Values.deploymentMethod "helm") (include "chartreuse.migrates" .) }}true{{ end -}}
{{- end -}}

{{/*
What Jobs need besides themselves (account, rights, configuration, network) comes in sets, each with a suffix of its
names: the release's own, and one that is there before an upgrade. Their names differ because Helm would delete what an
upgrade turned from an object of the release into a hook.

The set of an upgrade is a hook twice. Helm takes a hook for failed when it has waited long enough, although its Job goes
on: so nothing that the Job needs may go when the pre-upgrade ends. It goes behind the upgrade, by being made once more
with a policy to be deleted.
*/}}
{{- define "chartreuse.sets" -}}
{{- $mode := include "chartreuse.mode" . -}}
{{- $own := dict "suffix" "" "annotations" dict -}}
{{- $sets := list $own -}}
{{- if not (include "chartreuse.migrates" .) -}}
{{- $sets = list -}}
{{- else if eq $mode "helm-before-upgrade" -}}
{{- $weight := sub .Values.hooks.weight 1 | toString -}}
{{- $come := dict "helm.sh/hook" "pre-upgrade" "helm.sh/hook-weight" $weight "helm.sh/hook-delete-policy" "before-hook-creation" -}}
{{- $go := dict "helm.sh/hook" "post-upgrade" "helm.sh/hook-weight" $weight "helm.sh/hook-delete-policy" "before-hook-creation,hook-succeeded" -}}
{{- $sets = list (dict "suffix" "-hook" "annotations" $come) (dict "suffix" "-hook" "annotations" $go) -}}
{{- if or (include "chartreuse.restores" .) (include "chartreuse.tests" .) -}}
{{- $sets = append $sets $own -}}
{{- end -}}
{{- else if eq $mode "argocd-before" -}}
{{- $_ := set $own "annotations" (dict "argocd.argoproj.io/sync-wave" (sub .Values.argocd.syncWave 1 | toString)) -}}
{{- end -}}
{{- toJson $sets -}}
{{- end -}}

{{/* The Job's name behind the begin of all names. A Job cannot change: those of a release are named apart. */}}
{{- define "chartreuse.jobSuffix" -}}
{{- $mode := include "chartreuse.mode" . -}}
{{- if eq $mode "helm-before-install" -}}
install
{{- else if eq $mode "helm-after-job" -}}
r{{ .Release.Revision }}
{{- else -}}
migrate
{{- end -}}
{{- end -}}

{{- define "chartreuse.helmHook" -}}
helm.sh/hook: {{ .events }}
helm.sh/hook-weight: {{ .root.Values.hooks.weight | toString | quote }}
helm.sh/hook-delete-policy: {{ .root.Values.hooks.deletePolicy }}
{{- with .root.Values.hooks.outputLogPolicy }}
helm.sh/hook-output-log-policy: {{ . }}
{{- end }}
{{- end -}}

{{- define "chartreuse.migrateAnnotations" -}}
{{- $mode := include "chartreuse.mode" . -}}
{{- if eq $mode "helm-after" -}}
{{ include "chartreuse.helmHook" (dict "root" . "events" "post-install,post-upgrade") }}
{{- else if eq $mode "helm-before-upgrade" -}}
{{ include "chartreuse.helmHook" (dict "root" . "events" "pre-upgrade") }}
{{- else if eq $mode "argocd-before" -}}
argocd.argoproj.io/hook: Sync
argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
argocd.argoproj.io/sync-wave: {{ .Values.argocd.syncWave | toString | quote }}
{{- else if eq $mode "argocd-after" -}}
argocd.argoproj.io/hook: PostSync
argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
{{- end -}}
{{- end -}}

{{- define "chartreuse.restoreAnnotations" -}}
{{- if eq .Values.deploymentMethod "argocd" -}}
argocd.argoproj.io/hook: PostSync
argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
{{- else -}}
{{ include "chartreuse.helmHook" (dict "root" . "events" "post-upgrade") }}
{{- end -}}
{{- end -}}
